import type { CommitHash } from '../../../../contract/records.ts';
import type { Result } from '../../../../contract/result.ts';
import type { ChangedFile } from '../../adapters/git/salvage/salvage-result.ts';
import type { ByteSource } from './byte-source.ts';
import type { Problem } from './problem.ts';

export interface CommitPair {
  readonly from: CommitHash;
  readonly to: CommitHash;
  readonly signal: AbortSignal;
}

/** What differs between two commits of kept work. */
export interface Comparisons {
  /** The files, in the order of their paths. */
  list(pair: CommitPair): Promise<Result<readonly ChangedFile[], Problem>>;
  openPatch(pair: CommitPair): Promise<Result<ByteSource, Problem>>;
  /** Some files' parts of a patch, counted from 0 in its order. Closing the answer closes the patch. */
  cutPatch(patch: ByteSource, range: { readonly first: number; readonly count: number }): ByteSource;
}
