import { type ClientToken, clientToken } from './client-token.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';
import { type ListReply, requestList } from './request-list.ts';

/** Newest first. */
export const listTokens = (connection: Connection): ListReply<ClientToken> =>
  requestList(connection, { method: 'GET', path: '/api/v1/tokens' }, clientToken);

/** From then on it lets nobody in. */
export const revokeToken = (connection: Connection, id: string): DocumentReply<ClientToken> =>
  requestDocument(connection, { method: 'DELETE', path: `/api/v1/tokens/${encodeURIComponent(id)}` }, (json) =>
    readFields(json, clientToken),
  );
