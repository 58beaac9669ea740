import type { ClientEvent } from '../../contract/client/client-event.ts';
import { type EventFeed, followEvents } from './event-feed.ts';
import type { FeedStatus } from './feed-status.ts';

/** What windows of the same dashboard tell each other. Pages of other origins, ports included, hear nothing of it. */
type Told =
  | { readonly kind: 'event'; readonly event: ClientEvent }
  | { readonly kind: 'status'; readonly status: FeedStatus }
  | { readonly kind: 'how is it?' };

/** What the browser has for it; tests bring their own. */
export interface Windows {
  readonly channel: BroadcastChannel;
  /** Runs `lead` in one window at a time, and in the next one when that closes. */
  readonly elect: (lead: () => Promise<void>, signal: AbortSignal) => Promise<void>;
}

/**
 * One stream for all windows: a browser opens six connections to a host, and a seventh window would wait for ever. One
 * window reads and tells the others; when it closes, another goes on from the last event that it heard.
 */
export async function followTogether(feed: EventFeed, { channel, elect }: Windows): Promise<void> {
  let last = feed.knownSeq;
  let status: FeedStatus = { kind: 'connecting' };
  const tell = (told: Told): void => channel.postMessage(told);
  const take = (event: ClientEvent): void => {
    if (last !== null && event.seq <= last) return;
    if (last === null || event.seq > last + 1) feed.onGap();
    last = event.seq;
    feed.onEvent(event);
  };
  const hear = (next: FeedStatus): void => {
    status = next;
    feed.onStatus(next);
  };
  let isLeading = false;
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'event') take(data.event);
    else if (data.kind === 'status') hear(data.status);
    else if (isLeading) tell({ kind: 'status', status });
  };
  tell({ kind: 'how is it?' });
  await elect(async () => {
    isLeading = true;
    await followEvents({
      ...feed,
      knownSeq: last,
      onEvent: (event) => {
        tell({ kind: 'event', event });
        take(event);
      },
      // Known by the numbers.
      onGap: () => undefined,
      onStatus: (next) => {
        tell({ kind: 'status', status: next });
        hear(next);
      },
    });
  }, feed.signal);
}

/** The windows of this browser that show the same instance. */
export const browserWindows = (name: string): Windows => ({
  channel: new BroadcastChannel(`${name} events`),
  elect: async (lead, signal) => {
    try {
      await navigator.locks.request(`${name} events`, { signal }, lead);
    } catch {
      // The page ends before it was its turn.
    }
  },
});
