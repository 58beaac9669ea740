import { basename } from 'node:path';
import { CommitHash, type SalvageRecord } from '../../../contract/records.ts';
import type { FurtherSalvage, NotSaved, Salvage, SavedBundle } from '../adapters/git/salvage/salvage-result.ts';
import type { SalvagedWork } from '../services/ports.ts';

interface Found {
  readonly worktreePath: string;
  readonly containsSecret: boolean;
}

/** What git saved, in the record's words. */
export function salvagedWork(salvage: Salvage, { worktreePath, containsSecret }: Found): SalvagedWork {
  const kept = salvage.notSaved.filter(({ keepsWorktree }) => keepsWorktree);
  return {
    record: {
      treeCommit: commitOrNull(salvage.treeCommit),
      ignoredCommit: commitOrNull(salvage.ignoredCommit),
      refs: salvage.refs.map(refOf),
      bundles: salvage.bundles.map(bundleOf),
      innerWorktrees: salvage.innerWorktrees.map(innerOf),
      cachesListed: [...salvage.cachesListed],
      notSaved: salvage.notSaved.map(({ path, reason }) => ({ path, reason })),
      keptWorktree: salvage.keepWorktree ? worktreePath : null,
      containsSecret,
    },
    filesChanged: salvage.changedFiles.map(({ path }) => path),
    touchedPaths: salvage.changedFiles.flatMap(({ path, oldPath }) =>
      oldPath === undefined ? [path] : [oldPath, path],
    ),
    losses: kept.filter((item) => !isOverLimit(item)).map(({ path, reason }) => `${path}: ${reason}`),
    overLimit: kept.filter(isOverLimit).map(({ path }) => path),
  };
}

/** The record with what came on top; null when nothing did. */
export function recordFurtherSalvage(
  earlier: SalvageRecord,
  further: FurtherSalvage,
  worktreePath: string,
): SalvageRecord | null {
  const hasMore = further.commit !== null || further.keepWorktree;
  if (!hasMore) return null;
  return {
    ...earlier,
    refs: further.refs.map(refOf),
    bundles: [...earlier.bundles, ...further.bundles.map(bundleOf)],
    innerWorktrees: [...earlier.innerWorktrees, ...further.innerWorktrees.map(innerOf)],
    cachesListed: [...further.cachesListed],
    notSaved: [...earlier.notSaved, ...further.notSaved.map(({ path, reason }) => ({ path, reason }))],
    keptWorktree: further.keepWorktree ? worktreePath : earlier.keptWorktree,
  };
}

const isOverLimit = ({ code }: NotSaved): boolean => code === 'over_file_limit' || code === 'over_total_limit';

const commitOrNull = (commit: string | null) => (commit === null ? null : CommitHash.parse(commit));

const innerOf = ({ path, commit }: Salvage['innerWorktrees'][number]) => ({ path, commit: CommitHash.parse(commit) });

const refOf = ({ name, commit, holds }: Salvage['refs'][number]) => ({ name, commit: CommitHash.parse(commit), holds });

const bundleOf = ({ path, file, shallowFile, start }: SavedBundle) => ({
  path,
  artifact: basename(file),
  file,
  shallowFile,
  start,
});
