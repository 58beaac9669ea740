import { ok, type Result } from '../../../../../contract/result.ts';
import { type Capture, captureTree } from '../capture-tree.ts';
import type { CleanRoom } from '../clean-room.ts';
import type { GitFailure } from '../git-failure.ts';
import type { IndexFile } from '../index-file.ts';
import { type ObjectFormat, objectIdBytesOf } from '../object-format.ts';
import { textOfPath } from '../path-text.ts';
import { type Stage, stageFiles } from '../stage-files.ts';
import { type CommitPlan, type Committed, commitIndex } from './commit-capture.ts';
import { chooseIgnored } from './ignored-files.ts';
import { problemsOf, unstagedProblems } from './not-saved.ts';
import type { NotSaved, Salvage, SalvageLimits } from './salvage-result.ts';

/** A folder with files, the room that sees them, and what the room's index knew before. */
export interface WorkSite {
  readonly room: CleanRoom;
  readonly root: string;
  readonly objectFormat: ObjectFormat;
  readonly before: IndexFile;
  /** How long before `before` was written a change may hide from the file times. */
  readonly doubtMs: number;
  readonly limits: SalvageLimits;
  readonly signal?: AbortSignal | undefined;
}

export const captureSite = (site: WorkSite): Promise<Result<Capture, GitFailure>> =>
  captureTree({ ...site, index: site.before, cacheNames: new Set(site.limits.cacheNames) });

export const stageAt = ({ room, root, objectFormat }: WorkSite): Stage => ({
  room,
  root,
  objectIdBytes: objectIdBytesOf(objectFormat),
});

/** The commits that hold a capture. */
export interface CommittedWork {
  readonly files: Committed | null;
  /** On top of the other. */
  readonly ignored: Committed | null;
  readonly notSaved: readonly NotSaved[];
  readonly cachesListed: Salvage['cachesListed'];
}

export type WorkPlan = Omit<CommitPlan, 'stage' | 'before'> & {
  /** Ignored files get a commit of their own, unless both are wanted in one. */
  readonly ignoredKind: 'ignored' | null;
};

/** Commits what was captured: first tracked and untracked files, then ignored ones on top. */
export async function commitWork(
  site: WorkSite,
  capture: Capture,
  plan: WorkPlan,
): Promise<Result<CommittedWork, GitFailure>> {
  const stage = stageAt(site);
  const chosen = chooseIgnored(capture.ignored, site.limits);
  const early = plan.ignoredKind === null ? await stageFiles(stage, chosen.kept) : ok([]);
  if (!early.ok) return early;
  const files = await commitIndex({ ...plan, stage, before: site.before });
  if (!files.ok) return files;
  const late = plan.ignoredKind === null ? ok([]) : await stageFiles(stage, chosen.kept);
  if (!late.ok) return late;
  const ignored = await commitIgnored({ site, plan, files: files.value, count: late.ok ? chosen.kept.length : 0 });
  if (!ignored.ok) return ignored;
  return ok({
    files: files.value,
    ignored: ignored.value,
    notSaved: [...problemsOf(capture), ...chosen.notSaved, ...unstagedProblems([...early.value, ...late.value])],
    cachesListed: capture.caches.map(({ path, sizeBytes }) => ({ path: textOfPath(path), bytes: sizeBytes })),
  });
}

function commitIgnored({
  site,
  plan,
  files,
  count,
}: {
  readonly site: WorkSite;
  readonly plan: WorkPlan;
  readonly files: Committed | null;
  readonly count: number;
}): Promise<Result<Committed | null, GitFailure>> {
  if (plan.ignoredKind === null || count === 0) return Promise.resolve(ok(null));
  const below = files === null ? plan.head : files.commit;
  return commitIndex({
    ...plan,
    stage: stageAt(site),
    before: files?.index ?? site.before,
    base: below,
    head: below,
    kind: plan.ignoredKind,
  });
}
