import { afterEach, describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../../../contract/client/client-event.ts';
import type { ClientReply } from '../../../../contract/client/http-types.ts';
import { ok } from '../../../../contract/result.ts';
import type { FeedStatus } from '../../../../renderer/live/feed-status.ts';
import { followTogether } from '../../../../renderer/live/shared-feed.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A daemon whose stream ends with its reader, and the windows of one browser in front of it. */
function browser() {
  const streams: { readonly after: number; readonly say: (seq: number) => void }[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  const fetch = async (url: string, { signal }: { readonly signal?: AbortSignal }): Promise<ClientReply> => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const say = (seq: number): void =>
          controller.enqueue(Buffer.from(`data: {"seq":${seq},"at":"2026-01-01T00:00:00Z","type":"x"}\n\n`));
        streams.push({ after: Number(new URL(url).searchParams.get('after')), say });
        signal?.addEventListener('abort', () => controller.error(new Error('gone')));
      },
    });
    return { status: 200, headers: new Headers(), body, text: async () => '' };
  };
  function window(newest = 0) {
    const stopping = new AbortController();
    const channel = new BroadcastChannel('shared-feed-test');
    const events: number[] = [];
    const statuses: FeedStatus['kind'][] = [];
    const gaps: number[] = [];
    const running = followTogether(
      {
        connection: { baseUrl: 'http://x', token: null, fetch },
        knownSeq: newest,
        newestSeq: async () => ok(newest),
        onEvent: ({ seq }: ClientEvent) => void events.push(seq),
        onGap: () => void gaps.push(events.at(-1) ?? 0),
        onStatus: ({ kind }) => void statuses.push(kind),
        signal: stopping.signal,
      },
      {
        channel,
        elect: async (lead, signal) => {
          const turn = queue.then(() => (signal.aborted ? undefined : lead()));
          queue = turn;
          await turn;
        },
      },
    );
    const close = async (): Promise<void> => {
      stopping.abort();
      channel.close();
      await running;
    };
    open.push(() => void close());
    return { events, statuses, gaps, close };
  }
  return { streams, window };
}

describe('windows of one dashboard', () => {
  it('share one stream, and all hear each event once', async () => {
    const { streams, window } = browser();
    const first = window();
    await expect.poll(() => streams.length).toBe(1);
    const second = window();
    streams[0]?.say(1);
    await expect.poll(() => second.events).toEqual([1]);
    expect([first.events, streams.length, first.gaps, second.gaps]).toEqual([[1], 1, [], []]);
  });

  it('are told how it stands when they open later', async () => {
    const { streams, window } = browser();
    const first = window();
    await expect.poll(() => first.statuses).toEqual(['live']);
    const second = window();
    await expect.poll(() => second.statuses).toEqual(['live']);
    expect(streams).toHaveLength(1);
  });

  it('go on in another one when the one that reads closes, from the last event', async () => {
    const { streams, window } = browser();
    const first = window();
    await expect.poll(() => streams.length).toBe(1);
    const second = window();
    streams[0]?.say(1);
    streams[0]?.say(2);
    await expect.poll(() => second.events).toEqual([1, 2]);
    await first.close();
    await expect.poll(() => streams.length).toBe(2);
    expect(streams[1]?.after).toBe(2);
    streams[1]?.say(3);
    await expect.poll(() => second.events).toEqual([1, 2, 3]);
  });

  it('notice that something is missing, and ignore what they know', async () => {
    const { streams, window } = browser();
    const first = window(5);
    await expect.poll(() => streams.length).toBe(1);
    for (const seq of [4, 6, 9]) streams[0]?.say(seq);
    await expect.poll(() => first.events).toEqual([6, 9]);
    expect(first.gaps).toEqual([6]);
  });
});
