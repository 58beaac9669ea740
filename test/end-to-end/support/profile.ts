import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished, type TestContext } from 'vitest';
import { followRequests } from './see-settled.ts';
import { type Complaint, watchPage } from './watch-page.ts';

/** One person's browser: its windows share what is stored, and nothing with another person's. */
export interface Profile {
  readonly context: BrowserContext;
  /** Opens an address in a window of its own. */
  open(url: string): Promise<Page>;
  /** What may be complained about here: a daemon that is gone is. */
  expectComplaints(pattern: RegExp): void;
  readonly complaints: readonly Complaint[];
}

const FAILURES = join(import.meta.dirname, '../../../test-results/end-to-end');

/** Ends with the test, which fails with whatever the page complained of: console, policy, requests to elsewhere. */
export async function openProfile(browser: Browser, options: BrowserContextOptions = {}): Promise<Profile> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...options });
  context.setDefaultTimeout(15_000);
  const complaints: Complaint[] = [];
  const expected: RegExp[] = [];
  context.on('page', (page) => {
    followRequests(page);
    watchPage(page, (complaint) => complaints.push(complaint));
  });
  onTestFinished(async (test) => {
    if (test.task.result?.state === 'fail') await keepPictures(context, test);
    await context.close();
    expect(complaints.filter(({ text }) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
  });
  return {
    context,
    complaints,
    expectComplaints: (pattern) => void expected.push(pattern),
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
  };
}

async function keepPictures(context: BrowserContext, { task }: TestContext): Promise<void> {
  mkdirSync(FAILURES, { recursive: true });
  const name = task.name.replaceAll(/[^\w]+/g, '-');
  for (const [index, page] of context.pages().entries()) {
    const path = join(FAILURES, `${name}-${index}.png`);
    // A page that crashed has no picture; the failure itself is told all the same.
    await page.screenshot({ path }).catch((error: unknown) => console.error(`no picture of ${name}`, error));
  }
}
