import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A living process that belongs to an attempt by its mark, or because it is in the attempt's worktree. */
export interface BelongingProcess {
  readonly pid: number;
  /** Tells it from a later process with the same pid. */
  readonly startTicks: string;
  readonly attemptId: string;
}

/** Written apart from the product on purpose. */
export function findBelongingProcesses(instanceId: string, stateDir: string): readonly BelongingProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    const startTicks = startOf(pid);
    const attemptId = markedAttempt(pid, instanceId) ?? attemptOfFolder(pid, stateDir);
    return startTicks === null || attemptId === null ? [] : [{ pid: Number(pid), startTicks, attemptId }];
  });
}

export const isStillThere = ({ pid, startTicks }: BelongingProcess): boolean => startOf(String(pid)) === startTicks;

function markedAttempt(pid: string, instanceId: string): string | null {
  const environment = read(`/proc/${pid}/environ`);
  const mark = environment.split('\0').find((entry) => entry.startsWith(`CODENCER_MARK=${instanceId}:`));
  return mark?.split(':')[1] ?? null;
}

function attemptOfFolder(pid: string, stateDir: string): string | null {
  const workspace = join(stateDir, 'workspace/');
  try {
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return cwd.startsWith(workspace) ? (cwd.slice(workspace.length).split(/[/ ]/, 1)[0] ?? null) : null;
  } catch {
    return null; // gone, or not ours to look at
  }
}

/** Null: gone, or dead and only waiting for its parent. */
function startOf(pid: string): string | null {
  const [state, ...fields] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return state === '' || state === 'Z' || state === 'X' || state === undefined ? null : (fields[18] ?? null);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // gone meanwhile
  }
}
