import { type ClientEvent, clientEvent } from './client-event.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readList } from './read-fields.ts';
import { openReply, type StreamReply } from './send-request.ts';

export interface EventFilter {
  readonly runId?: string | undefined;
  readonly stepId?: string | undefined;
}

export interface EventPage extends EventFilter {
  /** The sequence number that the caller has already; 0: none. */
  readonly after: number;
  /** At most 1000, which is also what a page holds when it is not given. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** What came after a cursor, oldest first. */
export function listEvents(connection: Connection, page: EventPage): DocumentReply<readonly ClientEvent[]> {
  const { after, limit, signal } = page;
  const query = { ...filterOf(page), after: String(after), limit: limit?.toString(), format: 'json' };
  return requestDocument(connection, { method: 'GET', path: EVENTS, query, signal }, (json) =>
    readList(json, clientEvent),
  );
}

/** The same as server-sent events, and whatever comes later; ends when the daemon does. */
export function openEvents(connection: Connection, { after, signal, ...filter }: EventPage): StreamReply {
  const headers = { accept: 'text/event-stream' };
  const query = { ...filterOf(filter), after: String(after) };
  return openReply(connection, { method: 'GET', path: EVENTS, query, headers, signal });
}

const EVENTS = '/api/v1/events';

const filterOf = ({ runId, stepId }: EventFilter) => ({ run: runId, step: stepId });
