import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject, parseJson } from '../../contract/client/json-value.ts';
import { isLoopbackUrl } from './loopback.ts';

/** What `.codencer/instance.json` says about the daemon of a repository. */
export interface InstanceFile {
  readonly stateDir: string;
  readonly baseUrl: string;
  readonly pid: number;
}

export const STATE_FOLDER = '.codencer';

/** The file of the nearest folder upwards that has one that can be used, or null. */
export function findInstanceFile(folder: string): InstanceFile | null {
  const found = readInstanceFile(join(folder, STATE_FOLDER));
  if (found !== null) return found;
  const parent = dirname(folder);
  return parent === folder ? null : findInstanceFile(parent);
}

export function readInstanceFile(stateDir: string): InstanceFile | null {
  const text = readOptional(join(stateDir, 'instance.json'));
  if (text === null) return null;
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) return null;
  const { base_url: baseUrl, pid } = parsed.value;
  // A repository could carry such a file: nothing in it may lead to another machine, or name a group of processes.
  if (typeof baseUrl !== 'string' || !isLoopbackUrl(baseUrl) || !isPid(pid)) return null;
  return { stateDir, baseUrl: baseUrl.replace(/\/+$/, ''), pid };
}

/** 0 and what is below mean whole groups of processes to whoever signals them. */
const isPid = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0;

export const readToken = (stateDir: string): string | null => readOptional(join(stateDir, 'token'))?.trim() || null;

/** The folder that holds a repository as git would find it, upwards from `folder`, or null. */
export function findRepository(folder: string): string | null {
  if (isRepository(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : findRepository(parent);
}

/**
 * A file that leads to a repository, or a folder that has what git looks for in one: an empty `.git` is none to git, which
 * goes on above it. Some sandboxes leave one behind.
 */
function isRepository(git: string): boolean {
  try {
    return (
      statSync(git).isFile() ||
      (['objects', 'refs'].every((name) => statSync(join(git, name)).isDirectory()) && hasHead(git))
    );
  } catch {
    return false; // not there, or not to be looked into
  }
}

/** It may be a link to a branch that has no commit yet. */
const hasHead = (git: string): boolean => lstatSync(join(git, 'HEAD'), { throwIfNoEntry: false }) !== undefined;

/**
 * Whether a process of that id runs for this user; one that has ended and that nobody has asked about yet does not. Not
 * what it is. A stranger's is none of ours: who has the port now may be as strange, and must not get the token.
 */
export function isPidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false; // ESRCH: there is none; EPERM: it belongs to somebody else
  }
  const stat = readOptional(`/proc/${pid}/stat`);
  return stat === null || !/\) [ZX] /.test(stat);
}

/** Not through a link, which could lead to anything, and not from a pipe, which would keep us waiting. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

function readOptional(path: string): string | null {
  let descriptor: number;
  try {
    descriptor = openSync(path, FLAGS);
  } catch {
    return null; // absent and unreadable are the same here: this daemon cannot be known from its files
  }
  try {
    return fstatSync(descriptor).isFile() ? readFileSync(descriptor, 'utf8') : null;
  } catch {
    return null; // the process that it tells of has just ended
  } finally {
    closeSync(descriptor);
  }
}
