import { type ClientExecutor, type ClientExecutorList, clientExecutor, clientExecutorList } from './client-executor.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

/** `anew`: programs are asked for their version again, although they have not changed. */
type How = { readonly anew: boolean; readonly signal?: AbortSignal | undefined };

const queryOf = ({ anew }: How): string => (anew ? '?probe=true' : '');

export const listExecutors = (connection: Connection, how: How): DocumentReply<ClientExecutorList> =>
  requestDocument(connection, { method: 'GET', path: `/api/v1/executors${queryOf(how)}`, signal: how.signal }, (json) =>
    readFields(json, clientExecutorList),
  );

export const getExecutor = (
  connection: Connection,
  { name, ...how }: How & { readonly name: string },
): DocumentReply<ClientExecutor> =>
  requestDocument(
    connection,
    { method: 'GET', path: `/api/v1/executors/${encodeURIComponent(name)}${queryOf(how)}`, signal: how.signal },
    (json) => readFields(json, clientExecutor),
  );
