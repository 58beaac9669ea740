import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FetchLike } from '../../../../contract/client/http-types.ts';
import { ok } from '../../../../contract/result.ts';
import { followEvents } from '../../../../renderer/live/event-feed.ts';
import type { FeedStatus } from '../../../../renderer/live/feed-status.ts';

const START_MS = 1_000_000;
beforeEach(() => void vi.useFakeTimers({ now: START_MS }));
afterEach(() => void vi.useRealTimers());

/** A daemon whose streams are written by hand. `refuse`: nobody listens; `hang`: nobody answers. */
function scriptedDaemon() {
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const asked: string[] = [];
  let manner: 'answer' | 'refuse' | 'hang' | 'lock' = 'answer';
  const fetch: FetchLike = (url, { signal }) => {
    asked.push(new URL(url).search);
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<FetchLike>>>();
    signal?.addEventListener('abort', () => reject(signal.reason));
    if (manner === 'refuse') reject(new TypeError('connection refused'));
    if (manner === 'lock') resolve({ status: 401, headers: new Headers(), body: null, text: async () => '{}' });
    if (manner === 'answer') {
      const body = new ReadableStream<Uint8Array>({
        start(stream) {
          streams.push(stream);
          signal?.addEventListener('abort', () => stream.error(signal.reason));
        },
      });
      resolve({ status: 200, headers: new Headers(), body, text: async () => '' });
    }
    return promise;
  };
  const say = (text: string): void => streams.at(-1)?.enqueue(new TextEncoder().encode(text));
  return {
    fetch,
    asked,
    behave: (next: typeof manner) => {
      manner = next;
    },
    beat: () => say(': heartbeat\n\n'),
    tell: (seq: number) => say(`id: ${seq}\ndata: ${JSON.stringify({ seq, type: 'run.created', run_id: 'r' })}\n\n`),
    hangUp: () => streams.at(-1)?.close(),
  };
}

function follow() {
  const daemon = scriptedDaemon();
  const stopping = new AbortController();
  const seen: number[] = [];
  const statuses: FeedStatus[] = [];
  let gaps = 0;
  const done = followEvents({
    connection: { baseUrl: 'http://127.0.0.1:1', token: 't', fetch: daemon.fetch },
    knownSeq: null,
    newestSeq: async () => ok(10),
    onEvent: ({ seq }) => void seen.push(seq),
    onGap: () => {
      gaps += 1;
    },
    onStatus: (status) => void statuses.push(status),
    signal: stopping.signal,
  });
  return { daemon, seen, statuses, gaps: () => gaps, done, stop: () => stopping.abort() };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the event stream of a page', () => {
  test('begins behind what is known, and goes on behind what came when it broke off', async () => {
    const { daemon, seen, statuses, stop, done } = follow();
    await pass(0);
    daemon.tell(11);
    daemon.tell(12);
    await pass(1000);
    daemon.hangUp();
    await pass(0);
    expect(statuses.map(({ kind }) => kind)).toEqual(['live', 'offline']);
    await pass(1000);
    daemon.tell(13);
    await pass(0);
    expect(seen).toEqual([11, 12, 13]);
    expect(daemon.asked.map((search) => new URLSearchParams(search).get('after'))).toEqual(['10', '12']);
    expect(statuses.at(-1)).toEqual({ kind: 'live' });
    stop();
    await done;
  });

  test('tells of a gap', async () => {
    const { daemon, gaps, stop, done } = follow();
    await pass(0);
    daemon.tell(11);
    daemon.tell(14);
    await pass(0);
    expect(gaps()).toBe(1);
    stop();
    await done;
  });

  test('stays live as long as there are heartbeats', async () => {
    const { daemon, statuses, stop, done } = follow();
    await pass(0);
    for (let beats = 0; beats < 20; beats += 1) {
      await pass(15_000);
      daemon.beat();
    }
    await pass(0);
    expect(statuses).toEqual([{ kind: 'live' }]);
    stop();
    await done;
  });

  test('is stale when nothing came for 35 s, since the last that came', async () => {
    const { daemon, statuses, stop, done } = follow();
    await pass(0);
    await pass(20_000);
    daemon.beat();
    await pass(0);
    daemon.behave('hang');
    await pass(34_000);
    expect(statuses).toEqual([{ kind: 'live' }]);
    await pass(1_001);
    expect(statuses.at(-1)).toEqual({ kind: 'stale', sinceMs: START_MS + 20_000 });
    await pass(120_000);
    expect(statuses.at(-1)).toEqual({ kind: 'stale', sinceMs: START_MS + 20_000 });
    daemon.behave('answer');
    await pass(60_000);
    expect(statuses).toContainEqual({ kind: 'live' });
    stop();
    await done;
  });

  test('is offline since the break, however often it is tried, and asks less and less often', async () => {
    const { daemon, statuses, stop, done } = follow();
    await pass(5000);
    daemon.behave('refuse');
    daemon.hangUp();
    await pass(120_000);
    const since = new Set(statuses.flatMap((status) => (status.kind === 'offline' ? [status.sinceMs] : [])));
    expect(since.size).toBe(1);
    expect(daemon.asked.length).toBeLessThan(40);
    stop();
    await done;
  });

  test('ends when the window is not let in any more', async () => {
    const { daemon, statuses, done } = follow();
    await pass(0);
    daemon.behave('lock');
    daemon.hangUp();
    await pass(1000);
    await done;
    expect(statuses.at(-1)).toEqual({ kind: 'locked-out' });
  });
});
