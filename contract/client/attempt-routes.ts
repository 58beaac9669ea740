import { type ClientAttempt, clientAttempt } from './client-attempt.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

export const getAttempt = (connection: Connection, attemptId: string): DocumentReply<ClientAttempt> =>
  requestDocument(connection, { method: 'GET', path: `/api/v1/attempts/${encodeURIComponent(attemptId)}` }, (json) =>
    readFields(json, clientAttempt),
  );
