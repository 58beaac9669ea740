import { join } from 'node:path';
import type { BrowserContext, Route } from 'playwright-core';
import type { House } from '../support/house.ts';

/** When the pictures are taken, as the pages see it. */
export const SHOT_AT_MS = Date.UTC(2026, 10, 20, 14, 14);
const PROJECT = join(import.meta.dirname, '../../..');
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const MS = /("at_ms":)(\d{13})/g;

/**
 * Lets a page see the same times and places whenever pictures are taken: what happened now happened twelve minutes before
 * its own clock, in a repository with a name.
 */
export async function showSameEachTime(context: BrowserContext, house: House, happenedAtMs: number): Promise<void> {
  const shiftMs = SHOT_AT_MS - 12 * 60_000 - happenedAtMs;
  const { root } = house.repository;
  const port = new RegExp(`\\b${new URL(house.baseUrl).port}\\b`, 'g');
  const rewrite = (text: string): string =>
    text
      .replaceAll(TIME, (time) => new Date(Date.parse(time) + shiftMs).toISOString())
      .replaceAll(MS, (_, key: string, ms: string) => key + String(Number(ms) + shiftMs))
      .replaceAll(root, '/home/dev/web-shop')
      .replaceAll(process.execPath, '/usr/bin/node')
      .replaceAll(PROJECT, '/opt/codencer')
      .replaceAll(port, '8085');
  await context.clock.setFixedTime(SHOT_AT_MS);
  await context.route(/\/api\/v1\/(?!links|events)/, (route) => answer(route, rewrite));
}

async function answer(route: Route, rewrite: (text: string) => string): Promise<void> {
  const isStream = /follow=|event-stream/.test(route.request().url());
  if (isStream) return route.continue();
  try {
    const reply = await route.fetch();
    const type = reply.headers()['content-type'] ?? '';
    await (/json|text/.test(type)
      ? route.fulfill({ response: reply, body: rewrite(await reply.text()) })
      : route.fulfill({ response: reply }));
  } catch {
    // The daemon is gone, which some pictures are about.
    await route.abort('connectionrefused');
  }
}
