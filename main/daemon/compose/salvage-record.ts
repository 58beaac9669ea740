import { basename } from 'node:path';
import { CommitHash, type SalvageRecord } from '../../../contract/records.ts';
import type { FurtherSalvage, NotSaved, Salvage, SavedBundle } from '../adapters/git/salvage/salvage-result.ts';
import type { SalvagedWork } from '../services/ports/workspaces.ts';

interface Found {
  readonly worktreePath: string;
  readonly isFolderGone: boolean;
  readonly containsSecret: boolean;
}

/** What git saved, in the record's words. */
export function salvagedWork(salvage: Salvage, { worktreePath, isFolderGone, containsSecret }: Found): SalvagedWork {
  const kept = salvage.notSaved.filter(({ keepsWorktree }) => keepsWorktree);
  return {
    record: {
      treeCommit: commitOrNull(salvage.treeCommit),
      ignoredCommit: commitOrNull(salvage.ignoredCommit),
      refs: salvage.refs.map(refOf),
      bundles: salvage.bundles.map(bundleOf),
      innerWorktrees: salvage.innerWorktrees.map(innerOf),
      cachesListed: [...salvage.cachesListed],
      notSaved: salvage.notSaved.map(reasonOf),
      keptWorktree: salvage.keepWorktree ? worktreePath : null,
      containsSecret,
    },
    filesChanged: salvage.changedFiles.map(({ path }) => path),
    touchedPaths: salvage.changedFiles.flatMap(({ path, oldPath }) =>
      oldPath === undefined ? [path] : [oldPath, path],
    ),
    losses: kept.filter((item) => !isOverLimit(item)).map(({ path, reason }) => `${path}: ${reason}`),
    hasBinaryChanges: salvage.changedFiles.some(({ isBinary }) => isBinary),
    isFolderGone,
    overLimit: kept.filter(isOverLimit).map(({ path }) => path),
  };
}

/** The record with what came on top; null when nothing did. */
export function recordFurtherSalvage(
  earlier: SalvageRecord,
  further: FurtherSalvage,
  worktreePath: string,
): SalvageRecord | null {
  const record: SalvageRecord = {
    ...earlier,
    refs: merge(earlier.refs, further.refs.map(refOf), ({ name }) => name),
    bundles: merge(earlier.bundles, further.bundles.map(bundleOf), ({ file }) => file),
    innerWorktrees: merge(earlier.innerWorktrees, further.innerWorktrees.map(innerOf), ({ path }) => path),
    cachesListed: [...further.cachesListed],
    notSaved: merge(earlier.notSaved, further.notSaved.map(reasonOf), ({ path }) => path),
    keptWorktree: further.keepWorktree ? worktreePath : earlier.keptWorktree,
  };
  return isMore(earlier, record) ? record : null;
}

/** In the order in which things came; of two with one key the later counts. */
const merge = <T>(earlier: readonly T[], later: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map([...earlier, ...later].map((item) => [keyOf(item), item])).values(),
];

/** The sizes of caches are no work. */
function isMore({ cachesListed: _before, ...earlier }: SalvageRecord, { cachesListed: _, ...record }: SalvageRecord) {
  return JSON.stringify(earlier) !== JSON.stringify(record);
}

const reasonOf = ({ path, reason }: NotSaved) => ({ path, reason });

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
