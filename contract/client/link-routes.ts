import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { type Fields, readFields } from './read-fields.ts';

/** A link that lets one window in, once. */
export interface ClientLink {
  readonly url: string;
  readonly expiresAtMs: number | null;
}

/** What a window is let in with. */
export interface ClientWindowToken {
  readonly token: string;
  readonly instanceId: string;
  readonly expiresAtMs: number | null;
}

const clientLink = (fields: Fields): ClientLink => ({
  url: fields.id('url'),
  expiresAtMs: fields.timeMs('expires_at'),
});

const clientWindowToken = (fields: Fields): ClientWindowToken => ({
  token: fields.id('token'),
  instanceId: fields.text('instance_id'),
  expiresAtMs: fields.timeMs('expires_at'),
});

export const makeLink = (connection: Connection): DocumentReply<ClientLink> =>
  requestDocument(connection, { method: 'POST', path: '/api/v1/links', body: {} }, (json) =>
    readFields(json, clientLink),
  );

/** The code is used up by it. */
export const exchangeLink = (connection: Connection, code: string): DocumentReply<ClientWindowToken> =>
  requestDocument(connection, { method: 'POST', path: '/api/v1/links/exchange', body: { code } }, (json) =>
    readFields(json, clientWindowToken),
  );
