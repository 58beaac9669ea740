import { listPids, type ProcessIdentity, readProcess, readProcFile } from './process-table.ts';

/** The variable by which a process and whatever it starts can be found again. */
export const markVariable = 'CODENCER_MARK';

export interface MarkedProcess extends ProcessIdentity {
  readonly mark: string;
}

/**
 * The mark with which a process was started. Null without one, and also when the process belongs to another user or has
 * written over its environment, as some servers do to change their title.
 */
export function environmentMarkOf(pid: number): string | null {
  const environment = readProcFile(pid, 'environ');
  return environment === null ? null : markIn(environment);
}

const assignment = Buffer.from(`${markVariable}=`);

function markIn(environment: Buffer): string | null {
  let at = environment.indexOf(assignment);
  while (at > 0 && environment[at - 1] !== 0) at = environment.indexOf(assignment, at + 1);
  if (at === -1) return null;
  const end = environment.indexOf(0, at);
  return environment.toString('utf8', at + assignment.length, end === -1 ? environment.length : end);
}

/** Every living process whose mark begins so, in no order. This process itself is never among them. */
export function findMarked(markPrefix: string): readonly MarkedProcess[] {
  return listPids().flatMap((pid) => {
    const mark = pid === process.pid ? null : environmentMarkOf(pid);
    if (mark === null || !mark.startsWith(markPrefix)) return [];
    const entry = readProcess(pid);
    return entry === null ? [] : [{ pid, startTicks: entry.startTicks, mark }];
  });
}
