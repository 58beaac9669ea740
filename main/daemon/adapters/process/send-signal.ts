import { isSameProcess, type ProcessIdentity } from './process-table.ts';

/** Signals a process that is still the one that was seen; false when there was nobody to signal (PROC-4). */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  return isSameProcess(identity) && send(identity.pid, signal);
}

/** Signals every process of a group. The caller has made sure whose group it is. */
export const signalGroup = (pgid: number, signal: NodeJS.Signals): boolean => send(-pgid, signal);

function send(target: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false; // ESRCH: it ended meanwhile; EPERM: it changed its user, and the caller reports who is left
  }
}
