import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
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

/** What is larger is no profile. */
const MAX_BYTES = 256 * 1024;

interface Kept {
  /** Size and times of the file that was read. */
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
  const fallbackName = stemOf(name);
  const unusable = (sentence: string): Kept => ({
    stamp: '',
    read: { file, profile: err({ name: fallbackName, problems: [`${file}: ${sentence}`] }) },
  });
  try {
    const path = realpathSync.native(join(folder.path, name));
    if (!isWithin(realpathSync.native(folder.path), path)) return unusable('it is a link that leads out of its folder');
    const stats = statSync(path, { bigint: true });
    const stamp = `${path} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
    if (kept?.stamp === stamp) return kept;
    const text = readText(path);
    return text.ok
      ? { stamp, read: { file, profile: parseProfile({ text: text.value, file, fallbackName }) } }
      : unusable(text.error);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return unusable(hasCode(error, 'ENOENT') ? 'it is a link that leads nowhere' : `it cannot be read (${error.code})`);
  }
}

/** Not to wait for a writer when the name is a pipe, not to follow what became a link meanwhile. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function readText(path: string): Result<string, string> {
  const descriptor = openSync(path, FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return err('it is not a regular file');
    if (stats.size > MAX_BYTES) return err(`it has more than ${MAX_BYTES / 1024} KiB`);
    return ok(readFileSync(descriptor, 'utf8'));
  } finally {
    closeSync(descriptor);
  }
}
