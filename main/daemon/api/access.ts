import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { KnownToken } from '../services/keyring.ts';

/** `same-user`: a process of this user needs no token, unless it is a browser. `token`: everybody needs it. */
export type AuthMode = 'same-user' | 'token';

export interface AccessRules {
  readonly port: number;
  readonly token: string;
  /** Another token that lets in, by its SHA-256. */
  readonly knownToken: (hash: string) => KnownToken | null;
  readonly authMode: AuthMode;
  readonly openTo: OpenTo;
}

/**
 * Who may ask without a token. `public` is the same for everybody: a browser of this user may read it. A `door` is where
 * tokens come from: whoever reaches it may knock.
 */
export type OpenTo = 'nobody' | 'public' | 'door';

/** What the headers of a request prove: it carries a token, its peer has to be looked at, or nothing needs a proof. */
export type Proof =
  | { readonly kind: 'token'; readonly known: KnownToken | null }
  | { readonly kind: 'peer-needed' }
  | { readonly kind: 'none-needed' };

/**
 * Reads who asks from the headers alone. A page can choose neither Host (rebinding shows there), nor Origin, nor
 * Sec-Fetch-*; every other program can send none of the three.
 */
export function judgeHeaders(headers: IncomingHttpHeaders, rules: AccessRules): Result<Proof, Refusal> {
  const host = headers.host?.toLowerCase();
  if (host === undefined || !authorities(rules.port).includes(host)) {
    return err(refusal('forbidden_host', `this daemon answers to 127.0.0.1:${rules.port} and not to ${quoted(host)}`));
  }
  if (isForeign(headers, rules)) {
    return err(refusal('forbidden_origin', 'pages of other origins get no answer here'));
  }
  const authorization = headers.authorization ?? protocolToken(headers);
  if (authorization !== undefined) return judgeToken(authorization, rules);
  if (rules.openTo === 'door') return ok({ kind: 'none-needed' });
  if (rules.authMode === 'token' || (isFromBrowser(headers) && rules.openTo !== 'public')) {
    return err(refusal('unauthorized', 'send the token of .codencer/token as "Authorization: Bearer …"'));
  }
  return ok({ kind: 'peer-needed' });
}

/** What may stand in `Host`, and after `http://` in `Origin`. */
function authorities(port: number): readonly string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const withPort = names.map((name) => `${name}:${port}`);
  return port === 80 ? [...withPort, ...names] : withPort;
}

function isForeign(headers: IncomingHttpHeaders, { port, openTo }: AccessRules): boolean {
  const { origin } = headers;
  if (origin !== undefined && !authorities(port).some((authority) => origin === `http://${authority}`)) return true;
  const site = headers['sec-fetch-site'];
  if (site === 'same-site' && openTo === 'door' && isOpened(headers)) return false;
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Somebody follows a link to a page of its own: dashboards of two daemons lead to each other. */
const isOpened = (headers: IncomingHttpHeaders): boolean =>
  headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';

const isFromBrowser = (headers: IncomingHttpHeaders): boolean =>
  headers.origin !== undefined || Object.keys(headers).some((name) => name.startsWith('sec-fetch-'));

/** A page can give a WebSocket no header but this one: its token travels there. */
function protocolToken(headers: IncomingHttpHeaders): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
  const token = offered.find((name) => name.startsWith('bearer.'))?.slice('bearer.'.length);
  return token === undefined ? undefined : `Bearer ${token}`;
}

/** Others are looked up by their hash: how long that takes tells of nothing that a sender could aim at. */
function judgeToken(authorization: string, { token, knownToken }: AccessRules): Result<Proof, Refusal> {
  const sent = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (sent === undefined) return err(NOT_OURS);
  if (equalInConstantTime(sent, token)) return ok({ kind: 'token', known: null });
  const known = knownToken(hash('sha256', sent));
  return known === null ? err(NOT_OURS) : ok({ kind: 'token', known });
}

const NOT_OURS = refusal('unauthorized', 'the token is not the one of this daemon, or no longer good');

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Digests first: lengths must not show either. */
const equalInConstantTime = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const quoted = (host: string | undefined): string =>
  host === undefined ? 'a request without Host' : JSON.stringify(host);
