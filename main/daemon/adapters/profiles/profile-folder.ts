import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { ExecutorProfile } from '../../../../contract/executor-profile.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { isWithin } from '../files/contained-path.ts';
import { hasCode, isSystemError, systemProblem } from '../files/file-problem.ts';
import { parseProfile, type UnusableProfile } from './parse-profile.ts';

export interface ProfileFolder {
  /** Absolute. It may not be there. */
  readonly path: string;
  /** What links may not lead out of. */
  readonly root: string;
  /** How the folder stands in sentences, with a slash at its end; empty: by its absolute path. */
  readonly shownAs: string;
}

export interface ProfileFile {
  readonly file: string;
  readonly profile: Result<ExecutorProfile, UnusableProfile>;
}

/**
 * The profiles of one folder, as they are now; the same list as long as nothing has changed. An error: the folder is there
 * and cannot be read.
 */
export interface ProfileReader {
  readonly read: () => Result<readonly ProfileFile[], string>;
}

/** What is larger is no profile: reading YAML takes time that grows with the square of its keys. */
const MAX_BYTES = 32 * 1024;
/** They are read at once, while everybody waits; a repository of somebody else may bring any number. */
const MAX_FILES = 200;

interface Kept {
  /** Size and times of the file that was read, or why it could not be found. */
  readonly stamp: string;
  readonly read: ProfileFile;
}

/** Reads a file again only when it has another size or time. At once: they are few, small, and on the repository's disk. */
export function createProfileReader(folder: ProfileFolder): ProfileReader {
  let kept = new Map<string, Kept>();
  let files: readonly ProfileFile[] = [];
  return {
    read() {
      const names = listNames(folder);
      if (!names.ok) return names;
      const now = new Map(names.value.map((name) => [name, readAgain(folder, name, kept.get(name))] as const));
      const isSame = now.size === kept.size && [...now].every(([name, one]) => kept.get(name)?.read === one.read);
      kept = now;
      if (!isSame) files = [...now.values()].map(({ read }) => read);
      return ok(files);
    },
  };
}

function listNames({ path, root }: ProfileFolder): Result<readonly string[], string> {
  try {
    if (!isWithin(realpathSync.native(root), realpathSync.native(path))) {
      return err(`${JSON.stringify(path)} leads out of ${JSON.stringify(root)} and is not followed`);
    }
    const names = readdirSync(path).filter((name) => ['.yaml', '.yml'].includes(extname(name)));
    if (names.length > MAX_FILES)
      return err(`${JSON.stringify(path)} has more than ${MAX_FILES} profiles; none is read`);
    return ok(names.toSorted((one, other) => (stemOf(one) < stemOf(other) ? -1 : 1)));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return ok([]);
    if (isSystemError(error)) return err(systemProblem('list', path, error).sentence);
    throw error;
  }
}

const stemOf = (name: string): string => name.slice(0, -extname(name).length);

function readAgain(folder: ProfileFolder, name: string, kept: Kept | undefined): Kept {
  const file = folder.shownAs === '' ? join(folder.path, name) : `${folder.shownAs}${name}`;
  const found = tryToFind(folder, name);
  const stamp = found.ok ? found.value.stamp : found.error;
  if (kept?.stamp === stamp) return kept;
  const text = found.ok ? readText(found.value.path) : found;
  const fallbackName = stemOf(name);
  if (text.ok) return { stamp, read: { file, profile: parseProfile({ text: text.value, file, fallbackName }) } };
  return { stamp, read: { file, profile: err({ name: fallbackName, problems: [`${file}: ${text.error}`] }) } };
}

interface FoundFile {
  readonly path: string;
  /** Another one: it is another file, or has other content. */
  readonly stamp: string;
}

function tryToFind(folder: ProfileFolder, name: string): Result<FoundFile, string> {
  try {
    return find(folder, name);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err(hasCode(error, 'ENOENT') ? 'it is a link that leads nowhere' : `it cannot be read (${error.code})`);
  }
}

function find(folder: ProfileFolder, name: string): Result<FoundFile, string> {
  let path = join(folder.path, name);
  let stats = lstatSync(path, { bigint: true });
  if (stats.isSymbolicLink()) {
    path = realpathSync.native(path);
    if (!isWithin(realpathSync.native(folder.path), path)) return err('it is a link that leads out of its folder');
    stats = lstatSync(path, { bigint: true });
  }
  if (!stats.isFile()) return err('it is not a regular file');
  return ok({ path, stamp: `${path} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}` });
}

/** Not to wait for a writer when the name is a pipe, not to follow what became a link meanwhile. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function readText(path: string): Result<string, string> {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, FLAGS);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return err('it is not a regular file');
    if (stats.size > MAX_BYTES) return err(`it has more than ${MAX_BYTES / 1024} KiB`);
    return ok(readFileSync(descriptor, 'utf8'));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err(`it cannot be read (${error.code})`);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
