import { rmSync } from 'node:fs';
import { ok, type Result } from '../../../../contract/result.ts';
import { absoluteOf, type BytePath, foldersAbove, isWithin } from './byte-path.ts';
import type { CleanRoom } from './clean-room.ts';
import { compareTree, type TreeDifference, trackedFolders, withoutBrought } from './compare-tree.ts';
import { findIgnored } from './find-ignored.ts';
import { findDeceptive } from './find-unsaved.ts';
import { folderSize } from './folder-size.ts';
import type { GitFailure } from './git-failure.ts';
import { GITLINK_MODE, type IndexFile } from './index-file.ts';
import type { ObjectFormat } from './object-format.ts';
import { type SizedPath, splitBySize } from './split-by-size.ts';
import { removeFromIndex, stageAt, stageFiles, type Unstaged } from './stage-files.ts';
import { type Survey, surveyTree } from './survey-tree.ts';
import type { Brought } from './worktree-memory.ts';

export interface CapturePlan {
  readonly room: CleanRoom;
  /** The folder whose files are captured. */
  readonly root: string;
  readonly objectFormat: ObjectFormat;
  /** What the room's index remembers of the files. Its times come from the file it was copied from. */
  readonly index: IndexFile;
  readonly doubtMs: number;
  readonly brought: Brought;
  /** A tracked or untracked file that is larger is not read into git; nor are those beyond this sum. */
  readonly fileBytes: number;
  readonly totalBytes: number;
  /** Names of folders that hold nothing but what can be made again. They count only where they are ignored. */
  readonly cacheNames: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
}

/** What was found in a folder, after the room's index took every tracked and untracked file of it. */
export interface Capture {
  readonly ignored: readonly SizedPath[];
  readonly caches: readonly SizedPath[];
  readonly nested: readonly BytePath[];
  readonly specials: Survey['specials'];
  readonly unreadable: Survey['unreadable'];
  /** Over a limit of size. */
  readonly oversized: readonly SizedPath[];
  readonly unstaged: readonly Unstaged[];
}

export async function captureTree(plan: CapturePlan): Promise<Result<Capture, GitFailure>> {
  const sorted = await sortTree(plan);
  if (!sorted.ok) return sorted;
  const { survey, difference, ignored, caches } = sorted.value;
  const stage = stageAt(plan);
  const removed = await removeFromIndex(stage, difference.removed);
  if (!removed.ok) return removed;
  const { fitting, oversized } = splitBySize(await findWork(plan, sorted.value), plan);
  const staged = await stageFiles(
    stage,
    fitting.map(({ path }) => path),
  );
  if (!staged.ok) return staged;
  const kept = difference.unknown.filter((path) => ignored.has(path) && cacheAbove(plan, path) === null);
  return ok({
    ignored: withSizes(survey, kept),
    caches,
    nested: survey.nested.filter((folder) => !ignored.has(folder) || cacheAbove(plan, folder) === null),
    specials: survey.specials,
    unreadable: survey.unreadable,
    oversized,
    unstaged: staged.value,
  });
}

/** Tracked files that changed, and untracked ones. To tell whether a large file changed would take as long as to save it. */
async function findWork(plan: CapturePlan, { survey, difference, ignored }: SortedTree): Promise<readonly SizedPath[]> {
  const { changed, doubtful, unknown } = difference;
  const adopted = unknown.filter((path) => !ignored.has(path));
  const isLarge = ({ sizeBytes }: SizedPath): boolean => sizeBytes > plan.fileBytes;
  const sized = withSizes(survey, doubtful);
  const large = sized.filter(isLarge);
  const small = sized.filter((file) => !isLarge(file)).map(({ path }) => path);
  const deceptive = await findDeceptive(plan, small);
  return [...large, ...withSizes(survey, [...changed, ...deceptive, ...adopted])];
}

const withSizes = ({ files }: Survey, paths: readonly BytePath[]): readonly SizedPath[] =>
  paths.map((path) => ({ path, sizeBytes: files.get(path)?.sizeBytes ?? 0 }));

interface SortedTree {
  readonly survey: Survey;
  readonly difference: TreeDifference;
  /** Paths and folders that the repository's rules ignore. */
  readonly ignored: ReadonlySet<BytePath>;
  readonly caches: readonly SizedPath[];
}

/**
 * A folder with the name of a cache is passed by; when the rules turn out not to ignore it, its files are the
 * attempt's work like any other, and the survey is made once more with it.
 */
async function sortTree(plan: CapturePlan): Promise<Result<SortedTree, GitFailure>> {
  const tracked = trackedFolders(plan.index);
  const opened = new Set<BytePath>();
  for (;;) {
    const surveyed = await surveyTree({
      root: plan.root,
      isCache: (folder) => hasCacheName(plan, folder) && !tracked.has(folder) && !opened.has(folder),
      entersNested: (folder) => tracked.has(folder),
      signal: plan.signal,
    });
    if (!surveyed.ok) return surveyed;
    const survey = surveyed.value;
    removeTraps(plan, survey);
    const difference = withoutBrought(
      compareTree({ index: plan.index, survey, doubtMs: plan.doubtMs }),
      survey,
      plan.brought,
    );
    const ignored = await ignoredIn(plan, survey, difference);
    if (!ignored.ok) return ignored;
    const mistaken = survey.caches.filter((folder) => !ignored.value.has(folder));
    if (mistaken.length === 0) {
      return ok({
        survey,
        difference,
        ignored: ignored.value,
        caches: await measureCaches(plan, survey, ignored.value),
      });
    }
    for (const folder of mistaken) opened.add(folder);
  }
}

/** Git opens these files wherever they are, and would wait for ever on a FIFO of that name. It holds no data. */
function removeTraps({ root }: CapturePlan, { specials }: Survey): void {
  for (const { path, kind } of specials) {
    if (kind === 'fifo' && /(^|\/)\.git(ignore|attributes)$/.test(path))
      rmSync(absoluteOf(root, path), { force: true });
  }
}

/** Submodules that gave way to plain files must leave the index first: git refuses to say whether their files are ignored. */
async function ignoredIn(
  plan: CapturePlan,
  survey: Survey,
  difference: TreeDifference,
): Promise<Result<ReadonlySet<BytePath>, GitFailure>> {
  const nestedInCaches = survey.nested.filter((folder) => cacheAbove(plan, folder) !== null);
  const asked = [...difference.unknown, ...survey.caches, ...nestedInCaches];
  if (asked.length === 0) return ok(new Set());
  const submodules = difference.removed.filter((path) => plan.index.entries.get(path)?.stamp.mode === GITLINK_MODE);
  const removed = await removeFromIndex(stageAt(plan), submodules);
  return removed.ok ? findIgnored(plan.room, asked) : removed;
}

/** Besides whole folders there are single ignored files below one (`node_modules/*`): they count to their folder. */
async function measureCaches(
  plan: CapturePlan,
  survey: Survey,
  ignored: ReadonlySet<BytePath>,
): Promise<readonly SizedPath[]> {
  const sizes = new Map<BytePath, number>();
  for (const folder of survey.caches) sizes.set(folder, await folderSize(plan.root, folder));
  for (const path of ignored) {
    const cache = survey.caches.some((folder) => isWithin(path, folder)) ? null : cacheAbove(plan, path);
    if (cache !== null) sizes.set(cache, (sizes.get(cache) ?? 0) + (survey.files.get(path)?.sizeBytes ?? 0));
  }
  return [...sizes].map(([path, sizeBytes]) => ({ path, sizeBytes }));
}

/** The topmost folder with the name of a cache above a path. */
const cacheAbove = (plan: CapturePlan, path: BytePath): BytePath | null =>
  foldersAbove(path).find((folder) => hasCacheName(plan, folder)) ?? null;

const hasCacheName = ({ cacheNames }: CapturePlan, folder: BytePath): boolean =>
  cacheNames.has(folder.slice(folder.lastIndexOf('/') + 1));
