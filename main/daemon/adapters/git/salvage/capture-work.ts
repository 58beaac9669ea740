import { ok, type Result } from '../../../../../contract/result.ts';
import type { BytePath } from '../byte-path.ts';
import { type Capture, captureTree } from '../capture-tree.ts';
import type { CleanRoom } from '../clean-room.ts';
import type { GitFailure } from '../git-failure.ts';
import type { IndexFile } from '../index-file.ts';
import type { ObjectFormat } from '../object-format.ts';
import { textOfPath } from '../path-text.ts';
import { stageAt, stageFiles, type Unstaged } from '../stage-files.ts';
import type { Brought } from '../worktree-memory.ts';
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
  readonly brought: Brought;
  readonly limits: SalvageLimits;
  readonly signal?: AbortSignal | undefined;
}

export const captureSite = (site: WorkSite): Promise<Result<Capture, GitFailure>> =>
  captureTree({ ...site, ...site.limits, index: site.before, cacheNames: new Set(site.limits.cacheNames) });

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

/** Commits what was captured: first tracked and untracked files, then ignored ones on top; or both in one. */
export async function commitWork(
  site: WorkSite,
  capture: Capture,
  plan: WorkPlan,
): Promise<Result<CommittedWork, GitFailure>> {
  const chosen = chooseIgnored(capture.ignored, site.limits);
  const { ignoredKind } = plan;
  const commits =
    ignoredKind === null
      ? await commitTogether(site, plan, chosen.kept)
      : await commitApart(site, { ...plan, ignoredKind }, chosen.kept);
  if (!commits.ok) return commits;
  const { unstaged, ...committed } = commits.value;
  return ok({
    ...committed,
    notSaved: [...problemsOf(capture, site.limits), ...chosen.notSaved, ...unstagedProblems(unstaged)],
    cachesListed: capture.caches.map(({ path, sizeBytes }) => ({ path: textOfPath(path), bytes: sizeBytes })),
  });
}

type Commits = Pick<CommittedWork, 'files' | 'ignored'> & { readonly unstaged: readonly Unstaged[] };

async function commitTogether(
  site: WorkSite,
  plan: WorkPlan,
  ignoredPaths: readonly BytePath[],
): Promise<Result<Commits, GitFailure>> {
  const stage = stageAt(site);
  const unstaged = await stageFiles(stage, ignoredPaths);
  if (!unstaged.ok) return unstaged;
  const files = await commitIndex({ ...plan, stage, before: site.before });
  return files.ok ? ok({ files: files.value, ignored: null, unstaged: unstaged.value }) : files;
}

async function commitApart(
  site: WorkSite,
  plan: WorkPlan & { readonly ignoredKind: 'ignored' },
  ignoredPaths: readonly BytePath[],
): Promise<Result<Commits, GitFailure>> {
  const stage = stageAt(site);
  const files = await commitIndex({ ...plan, stage, before: site.before });
  if (!files.ok || ignoredPaths.length === 0) {
    return files.ok ? ok({ files: files.value, ignored: null, unstaged: [] }) : files;
  }
  const unstaged = await stageFiles(stage, ignoredPaths);
  if (!unstaged.ok) return unstaged;
  const below = files.value?.commit ?? plan.head;
  const before = files.value?.index ?? site.before;
  const ignored = await commitIndex({ ...plan, stage, before, base: below, head: below, kind: plan.ignoredKind });
  return ignored.ok ? ok({ files: files.value, ignored: ignored.value, unstaged: unstaged.value }) : ignored;
}
