import type { CommitHash } from '../../contract/records.ts';
import type { Ledger } from '../../main/daemon/services/ledger.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import type { Draw } from './draw.ts';
import type { SeedClock } from './seed-clock.ts';

/** What every part of the seeding writes with. */
export interface Pen {
  readonly store: Store;
  readonly draw: Draw;
  readonly clock: () => number;
  /**
   * Tells a move and leaves the row for later: between two commits nobody sees it, and to write each row five times
   * would take as long as everything else. Whoever uses it writes the row at the end.
   */
  readonly teller: Ledger;
  /** Time goes by. */
  readonly pass: SeedClock['pass'];
  readonly baseCommit: CommitHash;
  readonly workspaceRoot: string;
  /** Null: no evidence is written. */
  readonly artifactRoot: string | null;
}

export const createTeller = (store: Store, clock: () => number): Ledger => ({
  clock,
  store: {
    ...store,
    steps: { ...store.steps, save: () => undefined },
    attempts: { ...store.attempts, save: () => undefined },
  },
});
