import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processes that were started with this HOME and are alive: the daemon of the demo, its agent, and whatever that
 * started. Null where nobody can tell.
 */
export function processesOfHome(home: string): readonly number[] | null {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.filter((pid) => hasHome(pid, home)).map(Number);
  } catch {
    return null; // a machine without /proc
  }
}

function hasHome(pid: string, home: string): boolean {
  try {
    const isAlive = !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return isAlive && `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}\0`.includes(`\0HOME=${home}\0`);
  } catch {
    return false; // it ended between the two looks, or is somebody else's
  }
}
