import { existsSync, readFileSync } from 'node:fs';
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
  // A repository could carry such a file: nothing in it may lead to another machine.
  if (typeof baseUrl !== 'string' || typeof pid !== 'number' || !isLoopbackUrl(baseUrl)) return null;
  return { stateDir, baseUrl: baseUrl.replace(/\/+$/, ''), pid };
}

export const readToken = (stateDir: string): string | null => readOptional(join(stateDir, 'token'))?.trim() || null;

/** The folder that holds `.git`, upwards from `folder`, or null. */
export function findRepository(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : findRepository(parent);
}

/** Whether a process of that id runs; one that has ended and that nobody has asked about yet does not. Not what it is. */
export function isPidAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const stat = readOptional(`/proc/${pid}/stat`);
  return stat === null || !/\) [ZX] /.test(stat);
}

function readOptional(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // absent and unreadable are the same here: this daemon cannot be known from its files
  }
}
