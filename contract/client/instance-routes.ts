import { type ClientInstance, clientInstance } from './client-instance.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

/** Apart from the other routes: it is all that the quickest command loads. */
export const getInstance = (connection: Connection, signal?: AbortSignal): DocumentReply<ClientInstance> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/instance', signal }, (json) =>
    readFields(json, clientInstance),
  );
