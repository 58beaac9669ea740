import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { errorCodeOf } from './error-code.ts';

/** Where a worktree of ours is. */
export interface WorktreePlace {
  readonly id: string;
  readonly path: string;
  /** The commit it was made from. */
  readonly base: string;
  /** Our own folder for it: the index as checked out, and as last saved. */
  readonly privateDir: string;
}

/** A worktree in which somebody may work or has worked. */
export interface Worktree extends WorktreePlace {
  readonly state: 'ready' | 'removing';
  /** Git's own folder for it, below `worktrees/` of the common directory. */
  readonly adminDir: string;
}

/**
 * What we know of a worktree. Written before the worktree is made and removed after it is gone, so that at every instant
 * in between somebody can find out what there is.
 */
export type KnownWorktree = Worktree | (WorktreePlace & { readonly state: 'creating' });

const RECORD_VERSION = 1;
const RECORD_FILE = 'worktree.json';

/** Where the folders of all worktrees are. */
interface PrivatePlace {
  readonly privateDir: string;
}

export const privateDirOf = ({ privateDir }: PrivatePlace, id: string): string => join(privateDir, 'worktrees', id);

/** The index as it was right after checking out: what salvage compares with. */
export const pristineIndexOf = ({ privateDir }: WorktreePlace): string => join(privateDir, 'pristine-index');

/** The index of the last salvage: what clean-up compares with. */
export const salvagedIndexOf = ({ privateDir }: WorktreePlace): string => join(privateDir, 'salvaged-index');

/** The reason of the lock is how we know a worktree as ours whatever becomes of its other files. */
export const lockReasonOf = ({ id }: Pick<WorktreePlace, 'id'>): string => `codencer ${id}`;

/** A finished one is on disk before it returns: after a loss of power it is how the work in it is found. */
export async function writeWorktree({ privateDir, ...record }: KnownWorktree): Promise<void> {
  await mkdir(privateDir, { recursive: true, mode: 0o700 });
  const file = join(privateDir, RECORD_FILE);
  const draftFile = `${file}.${randomUUID()}`;
  const draft = await open(draftFile, 'wx', 0o600);
  try {
    await draft.writeFile(`${JSON.stringify({ version: RECORD_VERSION, ...record })}\n`);
    if (record.state === 'ready') await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(draftFile, file);
}

export interface RecordProblem {
  readonly code: 'worktree_unknown' | 'record_unreadable' | 'record_newer';
  readonly message: string;
}

export async function readWorktree(place: PrivatePlace, id: string): Promise<Result<KnownWorktree, RecordProblem>> {
  const privateDir = privateDirOf(place, id);
  const file = join(privateDir, RECORD_FILE);
  try {
    return parseRecord(JSON.parse(await readFile(file, 'utf8')), { privateDir, file });
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') {
      return err({ code: 'worktree_unknown', message: `there is no worktree ${id} of ours` });
    }
    return err({ code: 'record_unreadable', message: `${file} cannot be read: ${String(error)}` });
  }
}

/** Every worktree of ours, and the records that could not be read. */
export async function listWorktrees(place: PrivatePlace): Promise<{
  readonly worktrees: readonly KnownWorktree[];
  readonly problems: readonly RecordProblem[];
}> {
  const ids = await namesIn(join(place.privateDir, 'worktrees'));
  const read = await Promise.all(ids.map((id) => readWorktree(place, id)));
  return {
    worktrees: read.flatMap((result) => (result.ok ? [result.value] : [])),
    problems: read.flatMap((result) => (result.ok ? [] : [result.error])),
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function parseRecord(
  json: unknown,
  { privateDir, file }: { readonly privateDir: string; readonly file: string },
): Result<KnownWorktree, RecordProblem> {
  if (!isObject(json)) return unreadable(file, 'it is not an object');
  const { version, id, state, path, base, adminDir } = json;
  if (typeof version === 'number' && version > RECORD_VERSION) {
    return err({ code: 'record_newer', message: `${file} was written by a newer version of codencer; use that one` });
  }
  if (typeof id !== 'string' || typeof path !== 'string' || typeof base !== 'string') {
    return unreadable(file, 'a name is missing');
  }
  const place = { id, path, base, privateDir };
  if (state === 'creating') return ok({ ...place, state });
  if (state !== 'ready' && state !== 'removing') return unreadable(file, 'its state is unknown');
  return typeof adminDir === 'string' ? ok({ ...place, state, adminDir }) : unreadable(file, 'a folder is missing');
}

const unreadable = (file: string, why: string): Result<never, RecordProblem> =>
  err({ code: 'record_unreadable', message: `${file} cannot be read: ${why}` });

const isObject = (json: unknown): json is Record<string, unknown> => typeof json === 'object' && json !== null;
