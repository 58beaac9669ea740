import { lstatSync } from 'node:fs';
import { ok, type Result } from '../../../../contract/result.ts';
import { absoluteOf, type BytePath } from './byte-path.ts';
import type { CleanRoom } from './clean-room.ts';
import { errorCodeOf } from './error-code.ts';
import { type FileStamp, isSameStamp, stampOf } from './file-stamp.ts';
import { zeroTerminated } from './find-ignored.ts';
import { type GitFailure, lastWordOf } from './git-failure.ts';
import { type IndexEntry, type IndexFile, readIndexFile } from './index-file.ts';
import { type ObjectFormat, objectIdBytesOf } from './object-format.ts';

/** Where files are staged: the room whose index takes them, and the folder they are in. */
export interface Stage {
  readonly room: CleanRoom;
  readonly root: string;
  readonly objectIdBytes: number;
}

export const stageAt = ({
  room,
  root,
  objectFormat,
}: Pick<Stage, 'room' | 'root'> & { readonly objectFormat: ObjectFormat }): Stage => ({
  room,
  root,
  objectIdBytes: objectIdBytesOf(objectFormat),
});

export type StageProblem = 'unreadable' | 'changing' | 'name-refused';

export interface Unstaged {
  readonly path: BytePath;
  readonly problem: StageProblem;
  readonly detail: string;
}

/** A file that changes while it is read is read again this often. */
const ROUNDS = 3;

/**
 * Puts the bytes of files into the room's index and proves it: every path must be in the index afterwards, with the
 * times, size and inode that the file still has. What does not pass is returned, never passed over.
 */
export async function stageFiles(
  stage: Stage,
  paths: readonly BytePath[],
): Promise<Result<readonly Unstaged[], GitFailure>> {
  const refused: Unstaged[] = [];
  let pending = paths;
  for (let round = 0; round < ROUNDS && pending.length > 0; round += 1) {
    const forgotten = await forgetStamps(stage, pending);
    if (!forgotten.ok) return forgotten;
    const added = await addToIndex(stage, pending);
    if (!added.ok) return added;
    refused.push(...added.value);
    pending = await findUnproven(stage, without(pending, added.value));
  }
  return ok([...refused, ...(await explain(stage, pending))]);
}

const without = (paths: readonly BytePath[], refused: readonly Unstaged[]): readonly BytePath[] => {
  const gone = new Set(refused.map(({ path }) => path));
  return paths.filter((path) => !gone.has(path));
};

export interface IndexEdit {
  readonly path: BytePath;
  /** 0 takes the path out. */
  readonly mode: number;
  readonly objectId: string;
}

/** Changes the index without reading a file. */
export async function editIndex(
  room: CleanRoom,
  edits: readonly IndexEdit[],
  env: Readonly<Record<string, string>> = {},
): Promise<Result<void, GitFailure>> {
  if (edits.length === 0) return ok(undefined);
  const lines = edits.map(({ path, mode, objectId }) => `${mode.toString(8)} ${objectId}\t${path}`);
  const edited = await room.runApart({
    args: ['update-index', '-z', '--index-info'],
    input: zeroTerminated(lines),
    env,
  });
  return edited.ok ? ok(undefined) : edited;
}

export const removeFromIndex = (
  { room, objectIdBytes }: Stage,
  paths: readonly BytePath[],
): Promise<Result<void, GitFailure>> =>
  editIndex(
    room,
    paths.map((path) => ({ path, mode: 0, objectId: '0'.repeat(objectIdBytes * 2) })),
  );

/** Git does not read a file that it takes for unchanged, and it compares by the second. Such an entry loses its times. */
async function forgetStamps(stage: Stage, paths: readonly BytePath[]): Promise<Result<void, GitFailure>> {
  const index = await readIndexFile(stage.room.indexFile, stage.objectIdBytes);
  const misleading = paths.flatMap((path) => {
    const entry = index?.entries.get(path);
    const file = lookAt(stage, path);
    return entry !== undefined && file.state === 'file' && isSameToTheSecond(entry.stamp, file.stamp) ? [entry] : [];
  });
  return editIndex(stage.room, misleading.map(withMode));
}

const withMode = ({ path, objectId, stamp }: IndexEntry) => ({ path, objectId, mode: stamp.mode });

const isSameToTheSecond = (a: FileStamp, b: FileStamp): boolean => isSameStamp(inSeconds(a), inSeconds(b));

const inSeconds = (stamp: FileStamp): FileStamp => ({
  ...stamp,
  ctimeMs: Math.floor(stamp.ctimeMs / 1000),
  mtimeMs: Math.floor(stamp.mtimeMs / 1000),
});

/**
 * `git update-index` takes all or nothing, so a path that cannot be read is found by halving. A failure that halving
 * does not pin to one path is a failure of the whole.
 */
async function addToIndex(stage: Stage, paths: readonly BytePath[]): Promise<Result<readonly Unstaged[], GitFailure>> {
  if (paths.length === 0) return ok([]);
  const added = await stage.room.run({
    args: ['update-index', '-z', '--add', '--remove', '--replace', '--stdin'],
    input: zeroTerminated(paths),
  });
  if (added.ok) return ok([]);
  if (isNotAboutAPath(added.error)) return added;
  const [path = ''] = paths;
  if (paths.length === 1) return ok([{ path, problem: 'unreadable', detail: lastErrorIn(added.error) }]);
  const middle = paths.length >> 1;
  const first = await addToIndex(stage, paths.slice(0, middle));
  if (!first.ok) return first;
  const second = await addToIndex(stage, paths.slice(middle));
  return second.ok ? ok([...first.value, ...second.value]) : second;
}

const isNotAboutAPath = ({ code, stderrTail }: GitFailure): boolean =>
  code !== 'git_failed' ||
  /No space left|quota exceeded|index\.lock|insufficient permission for adding/i.test(stderrTail);

const lastErrorIn = ({ stderrTail }: GitFailure): string =>
  stderrTail.split('\n').find((line) => line.startsWith('error: ')) ?? lastWordOf(stderrTail);

async function findUnproven(stage: Stage, paths: readonly BytePath[]): Promise<readonly BytePath[]> {
  if (paths.length === 0) return [];
  const index = await readIndexFile(stage.room.indexFile, stage.objectIdBytes);
  return paths.filter((path) => index === null || !isProven(stage, index, path));
}

function isProven(stage: Stage, index: IndexFile, path: BytePath): boolean {
  const entry = index.entries.get(path);
  const file = lookAt(stage, path);
  if (file.state === 'file') return entry !== undefined && isSameStamp(entry.stamp, file.stamp);
  return file.state === 'gone' && entry === undefined;
}

type Sight = { readonly state: 'file'; readonly stamp: FileStamp } | { readonly state: 'gone' | 'hidden' };

function lookAt({ root }: Stage, path: BytePath): Sight {
  try {
    const stats = lstatSync(absoluteOf(root, path));
    return stats.isFile() || stats.isSymbolicLink() ? { state: 'file', stamp: stampOf(stats) } : { state: 'gone' };
  } catch (error) {
    return { state: ['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error)) ? 'gone' : 'hidden' };
  }
}

async function explain(stage: Stage, paths: readonly BytePath[]): Promise<readonly Unstaged[]> {
  if (paths.length === 0) return [];
  const index = await readIndexFile(stage.room.indexFile, stage.objectIdBytes);
  return paths.map((path) =>
    index?.entries.has(path)
      ? { path, problem: 'changing', detail: 'it kept changing while it was read' }
      : { path, problem: 'name-refused', detail: 'git does not take a file of this name' },
  );
}
