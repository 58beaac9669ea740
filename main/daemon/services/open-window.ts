import { EVERY_SCOPE, type TokenRecord } from '../../../contract/access-token.ts';
import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { type Keyring, WINDOW_LIFE_MS } from './keyring.ts';
import type { LinkBook } from './link-book.ts';
import { recordRefusal } from './record-refusal.ts';

/** Whoever is asked about old tokens finds those of a month. */
const REMEMBERED_MS = 30 * 24 * 60 * 60_000;

export interface WindowRequest {
  readonly code: string;
  /** What the window calls itself; for people. */
  readonly name: string;
  readonly actor: string;
  /** Where it was asked for, in case it is refused. */
  readonly asked: { readonly method: string; readonly path: string };
}

export interface OpenedWindow {
  /** Told once: the record knows its hash only. */
  readonly secret: string;
  readonly token: TokenRecord;
}

/** Exchanges the code of a link for a token of its own. */
export function openWindow(
  context: ServiceContext,
  { links, keyring }: { readonly links: LinkBook; readonly keyring: Keyring },
  { code, name, actor, asked }: WindowRequest,
): Result<OpenedWindow, Refusal> {
  const taken = links.take(code);
  if (taken === 'flooded') return err(refusal('rate_limited', `too many wrong links: wait a minute, then ${ANOTHER}`));
  if (taken === 'wrong') {
    recordRefusal(context, { actor, ...asked, reason: 'its link was used, has expired, or never was one' });
    return err(refusal('unauthorized', `this link was used or has expired: ${ANOTHER}`));
  }
  const secret = context.ids.secret();
  const token = newToken(context, { name, secret });
  context.store.transaction(() => {
    context.store.tokens.forgetExpiredBefore(token.createdAtMs - REMEMBERED_MS);
    context.store.tokens.insert(token);
    const payload = { token: token.id, kind: token.kind, name };
    context.store.events.append({ type: 'token.created', actor, payload });
  });
  keyring.add(token);
  return ok({ secret, token });
}

const ANOTHER = '"codencer open" makes another';

function newToken(
  { clock, ids, sha256 }: ServiceContext,
  { name, secret }: { readonly name: string; readonly secret: string },
): TokenRecord {
  const nowMs = clock();
  return {
    id: ids.token(),
    kind: 'window',
    name,
    hash: sha256(secret),
    scopes: [EVERY_SCOPE],
    createdAtMs: nowMs,
    expiresAtMs: nowMs + WINDOW_LIFE_MS,
    lastUsedAtMs: nowMs,
    revokedAtMs: null,
  };
}
