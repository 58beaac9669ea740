import { type ClientAttempt, clientAttempt } from './client-attempt.ts';
import { type ClientEvent, clientEvent } from './client-event.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

/** What belongs to one trace, over all runs and steps. */
export interface ClientTrace {
  readonly id: string;
  readonly attempts: readonly ClientAttempt[];
  /** One page, in the order of the log. */
  readonly events: readonly ClientEvent[];
}

export const getTrace = (connection: Connection, traceId: string): DocumentReply<ClientTrace> =>
  requestDocument(connection, { method: 'GET', path: `/api/v1/traces/${encodeURIComponent(traceId)}` }, (json) =>
    readFields(json, (fields) => ({
      id: fields.id('trace_id'),
      attempts: fields.objects('attempts', clientAttempt),
      events: fields.objects('events', clientEvent),
    })),
  );
