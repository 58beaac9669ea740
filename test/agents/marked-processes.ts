import { readdirSync, readFileSync } from 'node:fs';

/**
 * In the environment of an agent, and so of all that it starts; the value is the folder of its home. Names that begin with
 * `CODENCER_` a daemon gives to nobody.
 */
export const MARK = 'AGENT_UNDER_TEST';

/** Processes that came from the agent with this folder and are alive. */
export function markedProcesses(folder: string): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => isMarked(pid, `\0${MARK}=${folder}\0`)).map(Number);
}

export function killMarked(folder: string): void {
  for (const pid of markedProcesses(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it ended between the two looks
    }
  }
}

function isMarked(pid: string, mark: string): boolean {
  try {
    const isAlive = !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return isAlive && `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`.includes(mark);
  } catch {
    return false; // it ended, or is somebody else's
  }
}
