import type { TokenRecord } from '../../../contract/access-token.ts';
import type { TokenId } from '../../../contract/ids.ts';
import type { EpochMs } from '../../../contract/time.ts';
import type { ServiceContext } from './context.ts';

/** The tokens of the record that let in, kept at hand: no request asks the database about one. */
export interface Keyring {
  /** Who holds the token with this SHA-256. It counts as used. Null: nobody, or nobody any more. */
  use(hash: string): KnownToken | null;
  add(token: TokenRecord): void;
  /** When it was last used is known to the minute here, and no earlier in the record. */
  get(id: TokenId): TokenRecord | null;
  remove(id: TokenId): void;
}

export interface KnownToken {
  readonly token: TokenRecord;
  /** Aborted when it is worth nothing any more. */
  readonly over: AbortSignal;
}

/** Of a window, from its last use on. */
export const WINDOW_LIFE_MS = 7 * 24 * 60 * 60_000;
const NOTED_EVERY_MS = 60_000;

interface Entry {
  token: TokenRecord;
  readonly over: AbortController;
}

type Parts = Pick<ServiceContext, 'store' | 'clock' | 'log'>;

export function createKeyring(parts: Parts): Keyring {
  const { store, clock } = parts;
  let loaded: Map<string, Entry> | null = null;
  const entries = (): Map<string, Entry> => {
    loaded ??= new Map(store.tokens.listNotRevoked().map((token) => [token.hash, entryOf(token)]));
    return loaded;
  };
  const entryWith = (id: TokenId): Entry | undefined => [...entries().values()].find(({ token }) => token.id === id);
  const drop = (entry: Entry): void => {
    entries().delete(entry.token.hash);
    entry.over.abort();
  };
  /** Not before the answer: a commit takes milliseconds. What was revoked meanwhile stays so. */
  const noteUse = (entry: Entry, nowMs: EpochMs): void => {
    entry.token = { ...entry.token, lastUsedAtMs: nowMs, expiresAtMs: expiryAfter(entry.token, nowMs) };
    setImmediate(() => {
      if (!entry.over.signal.aborted) save(parts, entry.token);
    });
  };
  return {
    use(hash) {
      const entry = entries().get(hash);
      if (entry === undefined) return null;
      const nowMs = clock();
      const { expiresAtMs, lastUsedAtMs } = entry.token;
      if (expiresAtMs !== null && nowMs >= expiresAtMs) {
        drop(entry);
        return null;
      }
      if (nowMs - (lastUsedAtMs ?? 0) >= NOTED_EVERY_MS) noteUse(entry, nowMs);
      return { token: entry.token, over: entry.over.signal };
    },
    add: (token) => void entries().set(token.hash, entryOf(token)),
    get: (id) => entryWith(id)?.token ?? null,
    remove(id) {
      const entry = entryWith(id);
      if (entry !== undefined) drop(entry);
    },
  };
}

const entryOf = (token: TokenRecord): Entry => ({ token, over: new AbortController() });

const expiryAfter = ({ kind, expiresAtMs }: TokenRecord, nowMs: EpochMs): EpochMs | null =>
  kind === 'window' ? nowMs + WINDOW_LIFE_MS : expiresAtMs;

/** A use that cannot be noted is no reason to keep anybody out. */
function save({ store, log }: Parts, token: TokenRecord): void {
  try {
    store.tokens.save(token);
  } catch (error) {
    log('warn', 'the use of a token could not be noted', { token: token.id, error });
  }
}
