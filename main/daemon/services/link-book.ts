import type { EpochMs } from '../../../contract/time.ts';
import type { ServiceContext } from './context.ts';

/** One-time codes that let a browser in. They are kept by their hashes, in memory: none outlives the daemon. */
export interface LinkBook {
  mint(): { readonly code: string; readonly expiresAtMs: EpochMs };
  /** `flooded`: it is wrong like too many before it. A right one is taken all the same: nobody locks others out. */
  take(code: string): 'taken' | 'wrong' | 'flooded';
}

const LIFE_MS = 5 * 60_000;
/** One more, and the oldest is worth nothing. */
const MAX_OPEN = 20;
const MAX_WRONG_PER_MINUTE = 10;
const MINUTE_MS = 60_000;

export function createLinkBook({ clock, ids, sha256 }: Pick<ServiceContext, 'clock' | 'ids' | 'sha256'>): LinkBook {
  /** Hash → when it expires, oldest first. */
  const open = new Map<string, EpochMs>();
  let wrongAtMs: readonly EpochMs[] = [];
  return {
    mint() {
      const code = ids.secret();
      const expiresAtMs = clock() + LIFE_MS;
      open.set(sha256(code), expiresAtMs);
      for (const hash of [...open.keys()].slice(0, -MAX_OPEN)) open.delete(hash);
      return { code, expiresAtMs };
    },
    take(code) {
      const nowMs = clock();
      const hash = sha256(code);
      const expiresAtMs = open.get(hash) ?? 0;
      open.delete(hash);
      if (nowMs < expiresAtMs) return 'taken';
      wrongAtMs = [...wrongAtMs.filter((atMs) => nowMs - atMs < MINUTE_MS), nowMs].slice(-MAX_WRONG_PER_MINUTE - 1);
      return wrongAtMs.length > MAX_WRONG_PER_MINUTE ? 'flooded' : 'wrong';
    },
  };
}
