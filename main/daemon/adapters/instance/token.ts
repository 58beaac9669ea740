import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { type FileProblem, refuseFile, tryFile } from '../files/file-problem.ts';
import { lstatOrNull } from '../files/lstat-or-null.ts';
import { readPlainFile } from '../files/open-plain-file.ts';
import { restrictToOwner } from './restrict-to-owner.ts';

export interface InstanceToken {
  /** 32 random bytes in base64url. */
  readonly token: string;
  readonly path: string;
  /** What was repaired; null when all was well. */
  readonly notice: string | null;
}

/** The bearer token of an instance: made once, readable by its owner alone. Call it with the instance lock in hand. */
export async function loadToken(stateDir: string): Promise<Result<InstanceToken, FileProblem>> {
  const path = join(stateDir, 'token');
  const present = await tryFile('read', path, async () => lstatOrNull(path));
  if (!present.ok) return present;
  if (present.value === null) return createToken(path);
  if (!present.value.isFile()) return err(refuseFile('use', path, 'it is not a regular file'));
  if (present.value.nlink > 1)
    return err(refuseFile('use', path, 'it has a second name; delete it to get a new token'));
  const isOpen = process.platform !== 'win32' && (present.value.mode & 0o077) !== 0;
  const closed = isOpen ? await restrictToOwner(path) : ok(undefined);
  if (!closed.ok) return closed;
  const read = await readToken(path);
  return read.ok ? ok({ token: read.value, path, notice: isOpen ? noticeOf(path) : null }) : read;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

async function createToken(path: string): Promise<Result<InstanceToken, FileProblem>> {
  const token = randomBytes(32).toString('base64url');
  const written = await writeAtomically({ path, data: `${token}\n`, mode: 0o600 });
  if (!written.ok) return written;
  const closed = await restrictToOwner(path);
  return closed.ok ? ok({ token, path, notice: null }) : closed;
}

async function readToken(path: string): Promise<Result<string, FileProblem>> {
  const text = await tryFile('read', path, () => readPlainFile(path));
  if (!text.ok) return text;
  const token = text.value.toString('utf8').trim();
  return TOKEN.test(token) ? ok(token) : err(refuseFile('use', path, 'it holds no token; delete it to get a new one'));
}

const noticeOf = (path: string): string =>
  `${JSON.stringify(path)} could be read by others; only its owner can now. If somebody may have read it, delete it and start again`;
