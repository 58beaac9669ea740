import { type ClientToken, clientToken } from './client-token.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';
import { type ListReply, requestList } from './request-list.ts';

/** An address that lets one browser into the dashboard, once. */
export interface ClientLink {
  readonly url: string;
  readonly expiresAtMs: number | null;
}

export const mintLink = (connection: Connection): DocumentReply<ClientLink> =>
  requestDocument(connection, { method: 'POST', path: '/api/v1/links' }, (json) =>
    readFields(json, (fields) => ({ url: fields.id('url'), expiresAtMs: fields.timeMs('expires_at') })),
  );

/** What a window works with from now on. Told once. */
export interface ClientWindow {
  readonly token: string;
  readonly tokenId: string;
  readonly expiresAtMs: number | null;
  readonly instanceId: string;
}

/** Needs no token: the code is what lets in. */
export const exchangeLink = (
  connection: Connection,
  { code, name }: { readonly code: string; readonly name: string },
): DocumentReply<ClientWindow> =>
  requestDocument(connection, { method: 'POST', path: '/api/v1/links/exchange', body: { code, name } }, (json) =>
    readFields(json, (fields) => ({
      token: fields.id('token'),
      tokenId: fields.id('token_id'),
      expiresAtMs: fields.timeMs('expires_at'),
      instanceId: fields.id('instance_id'),
    })),
  );

/** Newest first. */
export const listTokens = (connection: Connection): ListReply<ClientToken> =>
  requestList(connection, { method: 'GET', path: '/api/v1/tokens' }, clientToken);

export const revokeToken = (connection: Connection, id: string): DocumentReply<ClientToken> =>
  requestDocument(connection, { method: 'DELETE', path: `/api/v1/tokens/${encodeURIComponent(id)}` }, (json) =>
    readFields(json, clientToken),
  );
