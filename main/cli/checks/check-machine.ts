import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { bad, type Check, fine, warn } from './check.ts';

const LOW_BYTES = 1_000_000_000;
const EMPTY_BYTES = 100_000_000;
const FEW_FILES = 1024;
const FEW_PROCESSES = 256;

export async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const detail = `${(free / 1e9).toFixed(1)} GB free for ${folder}`;
  if (free < EMPTY_BYTES) return bad('disk', detail, 'Make room: work is refused before the disk is full');
  return free < LOW_BYTES
    ? warn('disk', detail, 'Every attempt has a worktree of its own; make room')
    : fine('disk', detail);
}

/** The limits that a daemon started from here would inherit. Linux only. */
export function checkLimits(): Check | null {
  const text = readLimits();
  if (text === null) return null;
  const files = softLimit(text, 'Max open files');
  const processes = softLimit(text, 'Max processes');
  const detail = `${files} open files, ${processes} processes`;
  if (files >= FEW_FILES && processes >= FEW_PROCESSES) return fine('limits', detail);
  return warn(
    'limits',
    detail,
    `Raise them (ulimit -n ${FEW_FILES}, ulimit -u ${FEW_PROCESSES}) before work runs side by side`,
  );
}

/** Every program that a daemon runs writes into pipes that this makes. `null`: it is there. */
export function checkMkfifo(searchPath = ''): Check | null {
  const isThere = searchPath.split(':').some((folder) => folder !== '' && existsSync(join(folder, 'mkfifo')));
  return isThere ? null : bad('mkfifo', 'it is not on PATH', 'Install coreutils, or mend PATH');
}

function readLimits(): string | null {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return null; // no /proc on this system
  }
}

function softLimit(text: string, name: string): number {
  const value = new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(text)?.[1] ?? 'unlimited';
  return value === 'unlimited' ? Number.POSITIVE_INFINITY : Number(value);
}
