import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';

/** `same-user`: a process of this user needs no token, unless it is a browser. `token`: everybody needs it. */
export type AuthMode = 'same-user' | 'token';

export interface AccessRules {
  readonly port: number;
  readonly token: string;
  readonly authMode: AuthMode;
  /** What is asked for is the same for everybody: a browser of this user may read it without the token. */
  readonly isPublic: boolean;
}

/** What the headers of a request prove: it carries the token, or its peer has to be looked at. */
export type Proof = 'token' | 'peer-needed';

/**
 * Reads who asks from the headers alone. A page can choose neither Host (rebinding shows there), nor Origin, nor
 * Sec-Fetch-*; every other program can send none of the three.
 */
export function judgeHeaders(headers: IncomingHttpHeaders, rules: AccessRules): Result<Proof, Refusal> {
  const host = headers.host?.toLowerCase();
  if (host === undefined || !authorities(rules.port).includes(host)) {
    return err(refusal('forbidden_host', `this daemon answers to 127.0.0.1:${rules.port} and not to ${quoted(host)}`));
  }
  if (isForeign(headers, rules.port)) {
    return err(refusal('forbidden_origin', 'pages of other origins get no answer here'));
  }
  const authorization = headers.authorization ?? protocolToken(headers);
  if (authorization !== undefined) return judgeToken(authorization, rules.token);
  if (rules.authMode === 'token' || (isFromBrowser(headers) && !rules.isPublic)) {
    return err(refusal('unauthorized', 'send the token of .codencer/token as "Authorization: Bearer …"'));
  }
  return ok('peer-needed');
}

/** What may stand in `Host`, and after `http://` in `Origin`. */
function authorities(port: number): readonly string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  const withPort = names.map((name) => `${name}:${port}`);
  return port === 80 ? [...withPort, ...names] : withPort;
}

function isForeign(headers: IncomingHttpHeaders, port: number): boolean {
  const { origin } = headers;
  if (origin !== undefined && !authorities(port).some((authority) => origin === `http://${authority}`)) return true;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

const isFromBrowser = (headers: IncomingHttpHeaders): boolean =>
  headers.origin !== undefined || Object.keys(headers).some((name) => name.startsWith('sec-fetch-'));

/** A page can give a WebSocket no header but this one: its token travels there. */
function protocolToken(headers: IncomingHttpHeaders): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
  const token = offered.find((name) => name.startsWith('bearer.'))?.slice('bearer.'.length);
  return token === undefined ? undefined : `Bearer ${token}`;
}

function judgeToken(authorization: string, token: string): Result<'token', Refusal> {
  const sent = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  return sent !== undefined && equalInConstantTime(sent, token)
    ? ok('token')
    : err(refusal('unauthorized', 'the token is not the one of this daemon'));
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Digests first: lengths must not show either. */
const equalInConstantTime = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const quoted = (host: string | undefined): string =>
  host === undefined ? 'a request without Host' : JSON.stringify(host);
