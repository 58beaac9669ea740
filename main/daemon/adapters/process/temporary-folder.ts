import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Variables } from './executor-environment.ts';

const PREFIX = 'cdn-';

/**
 * Where the processes with a mark keep their temporary files. The path is known by the mark alone, so that the next daemon
 * finds it, and nobody can guess it, as nobody can the mark's end. It is short: a socket's path has room for 107 bytes.
 */
export const temporaryFolderOf = (mark: string): string =>
  join(tmpdir(), `${beginningOf(instanceOf(mark))}${digestOf(mark, 10)}`);

/** The programs that the operator starts, and what they start, look at one of these. */
export const temporaryVariables = (mark: string): Variables => {
  const folder = temporaryFolderOf(mark);
  return { TMPDIR: folder, TMP: folder, TEMP: folder };
};

/** For its owner alone. Throws when something has its name already, whoever made it. */
export const makeTemporaryFolder = (mark: string): Promise<void> => mkdir(temporaryFolderOf(mark), { mode: 0o700 });

/** Those of the marks that begin so, on disk now. */
export async function temporaryFoldersOf(markPrefix: string): Promise<readonly string[]> {
  const names = await readdir(tmpdir()).catch(() => []); // what cannot be read cannot be tidied up
  const beginning = beginningOf(instanceOf(markPrefix));
  return names.filter((name) => name.startsWith(beginning)).map((name) => join(tmpdir(), name));
}

/** What a mark has before its first colon. */
const instanceOf = (mark: string): string => mark.split(':', 1)[0] ?? '';

const beginningOf = (instance: string): string => `${PREFIX}${digestOf(instance, 6)}-`;

const digestOf = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);
