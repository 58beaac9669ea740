import type { QueryClient } from '@tanstack/react-query';
import type { ClientEvent } from '../../contract/client/client-event.ts';
import type { ClientFailure } from '../../contract/client/client-failure.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import type { Result } from '../../contract/result.ts';
import type { EventFeed } from './event-feed.ts';
import { useFeedStatus } from './feed-status.ts';
import { createFrameBatcher } from './frame-batcher.ts';
import type { LiveRecords } from './live-records.ts';
import { readBatch } from './read-batch.ts';
import { createRefresher } from './refresher.ts';
import { browserWindows, followTogether } from './shared-feed.ts';

export interface LiveSources {
  /** Windows of the same instance share one stream. */
  readonly instancePath: string;
  readonly connection: Connection;
  readonly queries: QueryClient;
  readonly live: LiveRecords;
  readonly newestSeq: () => Promise<Result<number, ClientFailure>>;
  readonly onBatch: (events: readonly ClientEvent[]) => void;
}

/** Puts the stream behind everything that is shown. Ends what it started when the returned function is called. */
export function startLive({ instancePath, connection, queries, live, newestSeq, onBatch }: LiveSources): () => void {
  const stopping = new AbortController();
  const refresher = createRefresher((queryKey) => void queries.invalidateQueries({ queryKey }));
  const batcher = createFrameBatcher<ClientEvent>((events) => {
    const { states, stale } = readBatch(events);
    live.put(states);
    refresher.touch(stale);
    onBatch(events);
  });
  const { set } = useFeedStatus.getState();
  const feed: EventFeed = {
    connection,
    newestSeq,
    onEvent: batcher.add,
    onGap: () => void queries.invalidateQueries(),
    onStatus: (status) => {
      // What was read while nothing could be heard may be older than the stream.
      if (status.kind === 'live') void queries.invalidateQueries();
      set(status);
    },
    signal: stopping.signal,
  };
  const windows = browserWindows(instancePath);
  void followTogether(feed, windows);
  return () => {
    stopping.abort();
    windows.channel.close();
    batcher.stop();
    refresher.stop();
  };
}
