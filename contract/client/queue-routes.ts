import { type ClientQueue, clientQueue } from './client-queue.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

/** The first thousand that wait, and everything that runs. */
export const getQueue = (connection: Connection): DocumentReply<ClientQueue> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/queue' }, (json) => readFields(json, clientQueue));
