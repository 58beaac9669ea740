import type { QueryClient } from '@tanstack/react-query';
import type { ClientEvent } from '../../contract/client/client-event.ts';
import { viewOf } from '../../contract/client/document.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import { getOverview } from '../../contract/client/overview-routes.ts';
import { ok } from '../../contract/result.ts';
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
  /** What this page knew before it read anything else; null: nobody answered yet. */
  readonly knownSeq: number | null;
  readonly onBatch: (events: readonly ClientEvent[]) => void;
}

/** Puts the stream behind everything that is shown. Ends what it started when the returned function is called. */
export function startLive({ instancePath, connection, queries, live, knownSeq, onBatch }: LiveSources): () => void {
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
    knownSeq,
    newestSeq: async () => {
      const overview = await viewOf(getOverview(connection));
      // What was read before may be older than this number.
      if (overview.ok) void queries.invalidateQueries();
      return overview.ok ? ok(overview.value.cursor) : overview;
    },
    onEvent: batcher.add,
    onGap: () => void queries.invalidateQueries(),
    onStatus: set,
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
