import { lstat, mkdir, mkdtemp, realpath, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { absoluteOf, type BytePath } from '../byte-path.ts';
import type { ObjectFormat } from '../object-format.ts';
import { readRegularFile, readRegularText } from '../read-regular-file.ts';

/** Links of our own to a repository that lies anywhere, under any name: git takes paths that are text only. */
export interface GitDirectory {
  /** Its files; null for a repository whose files are not there. */
  readonly files: string | null;
  readonly gitDir: string;
  readonly commonDir: string;
  readonly realGitDir: string;
  readonly realCommonDir: string;
  readonly objectFormat: ObjectFormat;
  /** A folder for what is made of it. */
  readonly workshop: string;
  readonly dispose: () => Promise<void>;
}

/**
 * Makes out the repository that a `.git` stands for: a folder, a file or a link that leads to one. Null when there is
 * none that git could read. Nothing is run, and nothing but names is read.
 */
export async function findGitDirectory(
  roomsDir: string,
  place: { readonly root: string; readonly folder: BytePath },
): Promise<GitDirectory | null> {
  const files = absoluteOf(place.root, place.folder);
  const gitDir = await followMark(files);
  return gitDir === null ? null : openGitDirectory(roomsDir, { files, gitDir });
}

export async function openGitDirectory(
  roomsDir: string,
  { files, gitDir }: { readonly files: Buffer | null; readonly gitDir: Buffer },
): Promise<GitDirectory | null> {
  const commonDir = await findCommonDir(gitDir);
  if (commonDir === null) return null;
  await mkdir(roomsDir, { recursive: true, mode: 0o700 });
  const workshop = await mkdtemp(join(roomsDir, 'nested-'));
  await mkdir(join(workshop, 'objects'));
  const link = async (name: string, target: Buffer): Promise<string> => {
    await symlink(target, join(workshop, name));
    return join(workshop, name);
  };
  return {
    files: files === null ? null : await link('files', files),
    gitDir: await link('git-dir', gitDir),
    commonDir: await link('common-dir', commonDir),
    realGitDir: gitDir.toString(),
    realCommonDir: commonDir.toString(),
    objectFormat: await readObjectFormat(commonDir),
    workshop,
    dispose: () => rm(workshop, { recursive: true, force: true }),
  };
}

/** The git directory that the `.git` of a folder is or names; null when there is no such directory. */
async function followMark(files: Buffer): Promise<Buffer | null> {
  const mark = within(files, '.git');
  try {
    if ((await stat(mark)).isDirectory()) return await realpath(mark, 'buffer');
    const text = await readRegularFile(mark);
    const named = /^gitdir: ([^\n]+)/.exec(text?.toString('latin1') ?? '')?.[1];
    return named === undefined ? null : await realpath(resolveFrom(files, Buffer.from(named, 'latin1')), 'buffer');
  } catch (error) {
    return nullWhenUnusable(error);
  }
}

/** A linked worktree keeps HEAD and index of its own, and shares the rest. */
async function findCommonDir(gitDir: Buffer): Promise<Buffer | null> {
  try {
    const named = (await readRegularFile(within(gitDir, 'commondir')))?.toString('latin1').trimEnd();
    const commonDir =
      named === undefined ? gitDir : await realpath(resolveFrom(gitDir, Buffer.from(named, 'latin1')), 'buffer');
    const [head, objects, refs] = await Promise.all([
      lstat(within(gitDir, 'HEAD')),
      stat(within(commonDir, 'objects')),
      stat(within(commonDir, 'refs')),
    ]);
    return (head.isFile() || head.isSymbolicLink()) && objects.isDirectory() && refs.isDirectory() ? commonDir : null;
  } catch (error) {
    return nullWhenUnusable(error);
  }
}

const within = (folder: Buffer, name: string): Buffer => Buffer.concat([folder, Buffer.from(`/${name}`)]);

const SLASH = 0x2f;

const resolveFrom = (folder: Buffer, path: Buffer): Buffer =>
  path[0] === SLASH ? path : Buffer.concat([folder, Buffer.from('/'), path]);

function nullWhenUnusable(error: unknown): null {
  if (error instanceof Error && 'syscall' in error) return null;
  throw error;
}

/** Without it git cannot be told how long an object id is; only this word of the configuration is looked at. */
async function readObjectFormat(commonDir: Buffer): Promise<ObjectFormat> {
  const config = await readRegularText(within(commonDir, 'config'));
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(config) ? 'sha256' : 'sha1';
}
