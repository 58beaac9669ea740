import type { CommitHash } from '../../contract/records.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import type { Draw } from './draw.ts';
import type { SeedClock } from './seed-clock.ts';

/** What every part of the seeding writes with. */
export interface Pen {
  readonly store: Store;
  readonly draw: Draw;
  readonly clock: () => number;
  /** Time goes by. */
  readonly pass: SeedClock['pass'];
  readonly baseCommit: CommitHash;
  readonly workspaceRoot: string;
  /** Null: no evidence is written. */
  readonly artifactRoot: string | null;
}
