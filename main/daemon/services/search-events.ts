import type { EventRecord } from '../../../contract/events.ts';
import type { ServiceContext } from './context.ts';
import { holdsText, isInTime, type ListFilter } from './list-filters.ts';
import type { EventFilter } from './read-events.ts';
import { type ListPage, scanList } from './scan-list.ts';

export interface EventSearch extends EventFilter, ListFilter {
  readonly type?: string | undefined;
  /** The number of the entry that the reader has already. */
  readonly after: number;
  readonly limit: number;
  readonly signal?: AbortSignal | undefined;
}

/** The events that match, in order. The text is looked for in their types, actors and payloads. */
export const searchEvents = (
  { store }: Pick<ServiceContext, 'store'>,
  search: EventSearch,
): Promise<ListPage<EventRecord, number>> => {
  const { runId, stepId, after, limit, signal } = search;
  return scanList({
    read: (from, count) => store.events.read({ after: from ?? after, runId, stepId, limit: count }),
    cursorOf: ({ seq }: EventRecord) => seq,
    keeps: (event) => isWanted(event, search),
    after,
    limit,
    signal,
  });
};

function isWanted(event: EventRecord, search: EventSearch): boolean {
  if (search.type !== undefined && event.type !== search.type) return false;
  if (!isInTime(search, event.atMs)) return false;
  return search.text === undefined || holdsText(search, [event.type, event.actor, JSON.stringify(event.payload)]);
}
