import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { EventDraft } from '../../../../contract/events.ts';
import { RunId } from '../../../../contract/ids.ts';
import { httpAnswer, openAnswer } from '../../../support/http-request.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';
import { waitUntil } from '../../../support/wait-until.ts';

interface Frame {
  readonly id: number;
  readonly event: string;
  readonly data: { readonly seq: number; readonly run_id: string };
}

/** Reads frames as they come. */
function follow(response: IncomingMessage) {
  let text = '';
  const state = { frames: [] as Frame[], comments: [] as string[], isEnded: false };
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block.startsWith(':')) state.comments.push(block);
      else state.frames.push(parseFrame(block));
    }
  });
  response.on('close', () => {
    state.isEnded = true;
  });
  response.on('error', () => undefined);
  return state;
}

function parseFrame(block: string): Frame {
  const [id = '', event = '', data = '', ...rest] = block.split('\n');
  expect([id.slice(0, 4), event.slice(0, 7), data.slice(0, 6), rest]).toEqual(['id: ', 'event: ', 'data: ', []]);
  return { id: Number(id.slice(4)), event: event.slice(7), data: JSON.parse(data.slice(6)) };
}

describe('HTTP-23: events', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const append = (count: number, fields: Partial<EventDraft> = {}) =>
    test.store.transaction(() => {
      for (let number = 0; number < count; number += 1) {
        test.store.events.append({ type: 'run.created', actor: 'operator', payload: { text: 'a\nb' }, ...fields });
      }
    });
  const open = async (query = '', headers: Readonly<Record<string, string>> = {}) => {
    const response = await openAnswer({ port: test.port, path: `/api/v1/events${query}`, headers });
    return { response, state: follow(response) };
  };
  const page = async (query: string) => {
    const answer = await httpAnswer({ port: test.port, path: `/api/v1/events?format=json${query}` });
    return { seqs: JSON.parse(answer.body).map(({ seq }: { seq: number }) => seq), link: answer.headers.link };
  };

  it('come from the beginning and then as they happen, each once', async () => {
    append(3);
    const { response, state } = await open();
    expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([
      200,
      'text/event-stream',
      'no-store',
    ]);
    await waitUntil(() => state.frames.length === 3);
    append(2);
    await waitUntil(() => state.frames.length === 5);
    expect(state.frames.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
    expect(state.frames[0]).toMatchObject({ event: 'run.created', data: { seq: 1, payload: { text: 'a\nb' } } });
    response.destroy();
  });

  it('come from a cursor on; the one of a reader that comes back counts more', async () => {
    append(5);
    const first = await open('?after=3');
    await waitUntil(() => first.state.frames.length === 2);
    expect(first.state.frames.map(({ id }) => id)).toEqual([4, 5]);
    const again = await open('?after=1', { 'last-event-id': '4' });
    await waitUntil(() => again.state.frames.length === 1);
    expect(again.state.frames.map(({ id }) => id)).toEqual([5]);
    first.response.destroy();
    again.response.destroy();
  });

  it('are those of one run', async () => {
    append(1, { runId: RunId.parse('a') });
    append(1, { runId: RunId.parse('b') });
    const { response, state } = await open('?run=b');
    await waitUntil(() => state.frames.length === 1);
    append(1, { runId: RunId.parse('a') });
    append(1, { runId: RunId.parse('b') });
    await waitUntil(() => state.frames.length === 2);
    expect(state.frames.map(({ data }) => data.run_id)).toEqual(['b', 'b']);
    response.destroy();
  });

  it('are a page of a list when asked', async () => {
    expect(await page('')).toEqual({ seqs: [], link: undefined });
    append(5);
    const first = await page('&limit=2');
    expect(first).toEqual({ seqs: [1, 2], link: '</api/v1/events?format=json&limit=2&after=2>; rel="next"' });
    expect(await page('&limit=2&after=4')).toEqual({ seqs: [5], link: undefined });
    expect(await page('&step=nope')).toEqual({ seqs: [], link: undefined });
  });

  it.each(['?after=x', '?after=-1', '?limit=0', '?format=xml', '?run=..'])('%s is refused', async (query) => {
    expect(await httpAnswer({ port: test.port, path: `/api/v1/events${query}` })).toMatchObject({ status: 400 });
  });

  it('refuses a Last-Event-ID that is none', async () => {
    const headers = { 'last-event-id': 'abc' };
    expect(await httpAnswer({ port: test.port, path: '/api/v1/events', headers })).toMatchObject({ status: 400 });
  });

  it('are kept company by a heartbeat', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { response, state } = await open();
    vi.advanceTimersByTime(15_000);
    await waitUntil(() => state.comments.length === 1);
    vi.advanceTimersByTime(30_000);
    await waitUntil(() => state.comments.length === 3);
    response.destroy();
    await waitUntil(() => vi.getTimerCount() === 0);
  });

  it('HTTP-24: reach a reader that slept, without gap or double', async () => {
    const { response, state } = await open();
    response.pause();
    for (let number = 0; number < 50; number += 1) append(100, { payload: { text: 'x'.repeat(1000) } });
    response.resume();
    await waitUntil(() => state.frames.length === 5000 || state.isEnded);
    expect(state.frames.map(({ id }) => id)).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1));
    response.destroy();
  });

  it('HTTP-24: reach a reader that slept too long when it comes back', async () => {
    const { response, state } = await open();
    append(1);
    await waitUntil(() => state.frames.length === 1);
    response.pause();
    for (let number = 0; number < 40; number += 1) append(500, { payload: { text: 'x'.repeat(1000) } });
    response.resume();
    await waitUntil(() => state.isEnded);
    expect(state.comments.at(-1)).toBe(': reader_too_slow');
    const seen = state.frames.at(-1)?.id ?? 0;
    const back = await open('', { 'last-event-id': String(seen) });
    await waitUntil(() => back.state.frames.length === 20_001 - seen);
    expect(back.state.frames.at(0)?.id).toBe(seen + 1);
    back.response.destroy();
  });

  it('HTTP-26: end when the daemon stops', async () => {
    const { state } = await open();
    await test.api.close();
    await waitUntil(() => state.isEnded);
  });
});
