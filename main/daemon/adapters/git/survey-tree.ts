import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { absoluteOf, type BytePath, joinBytePath, toBytePath } from './byte-path.ts';
import { errorCodeOf } from './error-code.ts';
import { type FileStamp, stampOf } from './file-stamp.ts';
import { abortedFailure, type GitFailure } from './git-failure.ts';

export interface SurveyedFile {
  readonly stamp: FileStamp;
  readonly sizeBytes: number;
}

/** Everything that is in a folder, as the file system tells it. Links are never followed. */
export interface Survey {
  /** Regular files and links. */
  readonly files: ReadonlyMap<BytePath, SurveyedFile>;
  readonly folders: ReadonlySet<BytePath>;
  readonly specials: readonly { readonly path: BytePath; readonly kind: SpecialKind }[];
  /** Folders that have a `.git` of their own. They are not entered unless `entersNested` says so. */
  readonly nested: readonly BytePath[];
  /** Folders that `isCache` named. They are not entered. */
  readonly caches: readonly BytePath[];
  readonly unreadable: readonly { readonly path: BytePath; readonly reason: string }[];
}

export type SpecialKind = 'fifo' | 'socket' | 'device';

export interface SurveyPlan {
  readonly root: string;
  readonly isCache: (folder: BytePath) => boolean;
  readonly entersNested: (folder: BytePath) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Synchronous calls are several times cheaper than promises here; the loop gives way this often. */
const SLICE_MS = 5;

interface Findings {
  readonly files: Map<BytePath, SurveyedFile>;
  readonly folders: Set<BytePath>;
  readonly specials: { path: BytePath; kind: SpecialKind }[];
  readonly nested: BytePath[];
  readonly caches: BytePath[];
  readonly unreadable: { path: BytePath; reason: string }[];
  readonly pending: BytePath[];
}

export async function surveyTree(plan: SurveyPlan): Promise<Result<Survey, GitFailure>> {
  const found: Findings = {
    files: new Map(),
    folders: new Set(),
    specials: [],
    nested: [],
    caches: [],
    unreadable: [],
    pending: [''],
  };
  let sliceStartMs = performance.now();
  for (let folder = found.pending.pop(); folder !== undefined; folder = found.pending.pop()) {
    surveyFolder(plan, found, folder);
    if (performance.now() - sliceStartMs < SLICE_MS) continue;
    await nextTurn();
    if (plan.signal?.aborted) return err(abortedFailure('survey', plan.root));
    sliceStartMs = performance.now();
  }
  return ok(found);
}

function surveyFolder(plan: SurveyPlan, found: Findings, folder: BytePath): void {
  const entries = namesIn(plan, found, folder);
  const isNested = entries.some((entry) => isRepositoryMark(entry, folder));
  if (isNested) found.nested.push(folder);
  if (isNested && folder !== '' && !plan.entersNested(folder)) return;
  for (const entry of entries) surveyEntry(plan, found, { entry, path: joinBytePath(folder, nameOf(entry)) });
}

/** The `.git` file at the root is the worktree's own link. Anything else of that name makes a repository. */
const isRepositoryMark = (entry: Dirent<Buffer>, folder: BytePath): boolean =>
  nameOf(entry) === '.git' && !(folder === '' && entry.isFile());

const nameOf = (entry: Dirent<Buffer>): BytePath => toBytePath(entry.name);

function namesIn({ root }: SurveyPlan, found: Findings, folder: BytePath): readonly Dirent<Buffer>[] {
  try {
    return readdirSync(absoluteOf(root, folder), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    noteUnreadable(found, folder, error);
    return [];
  }
}

function surveyEntry(
  plan: SurveyPlan,
  found: Findings,
  { entry, path }: { readonly entry: Dirent<Buffer>; readonly path: BytePath },
): void {
  if (nameOf(entry) === '.git') return;
  if (entry.isDirectory()) {
    found.folders.add(path);
    (plan.isCache(path) ? found.caches : found.pending).push(path);
  } else if (entry.isFile() || entry.isSymbolicLink()) {
    surveyFile(plan, found, path);
  } else {
    found.specials.push({ path, kind: specialKindOf(entry) });
  }
}

function surveyFile({ root }: SurveyPlan, found: Findings, path: BytePath): void {
  try {
    const stats = lstatSync(absoluteOf(root, path));
    found.files.set(path, { stamp: stampOf(stats), sizeBytes: stats.size });
  } catch (error) {
    noteUnreadable(found, path, error);
  }
}

function specialKindOf(entry: Dirent<Buffer>): SpecialKind {
  if (entry.isFIFO()) return 'fifo';
  return entry.isSocket() ? 'socket' : 'device';
}

/** What is gone by the time we look was not there. */
function noteUnreadable(found: Findings, path: BytePath, error: unknown): void {
  const code = errorCodeOf(error);
  if (code !== 'ENOENT' || path === '') found.unreadable.push({ path, reason: code });
}
