import { type ProcessEntry, type ProcessIdentity, readProcessTable, readProcFile } from './process-table.ts';

/** The variable by which a process and whatever it starts can be found again. */
export const markVariable = 'CODENCER_MARK';

/** What the environment tells with which a process was started. */
export type MarkLook =
  | { readonly kind: 'marked'; readonly mark: string }
  /** Also when it belongs to another user, or has written over its environment as some servers do to change their title. */
  | { readonly kind: 'unmarked' }
  /** While a process turns into another program, the kernel shows an empty environment for an instant. */
  | { readonly kind: 'empty' };

export function lookForMark(pid: number): MarkLook {
  const environment = readProcFile(pid, 'environ');
  if (environment === null) return { kind: 'unmarked' };
  return environment.length === 0 ? { kind: 'empty' } : markIn(environment);
}

export function environmentMarkOf(pid: number): string | null {
  const look = lookForMark(pid);
  return look.kind === 'marked' ? look.mark : null;
}

const assignment = Buffer.from(`${markVariable}=`);

function markIn(environment: Buffer): MarkLook {
  let at = environment.indexOf(assignment);
  while (at > 0 && environment[at - 1] !== 0) at = environment.indexOf(assignment, at + 1);
  if (at === -1) return { kind: 'unmarked' };
  const end = environment.indexOf(0, at);
  const mark = environment.toString('utf8', at + assignment.length, end === -1 ? environment.length : end);
  return { kind: 'marked', mark };
}

export interface MarkedProcess extends ProcessIdentity {
  readonly mark: string;
}

/** Every living process whose mark begins so, in no order. This process itself is never among them. */
export function findMarked(markPrefix: string): readonly MarkedProcess[] {
  const marked = new Map<number, MarkedProcess>();
  readProcessTable((entry) => {
    if (entry.pid === process.pid || entry.isKernelThread) return 'done';
    const look = lookForMark(entry.pid);
    if (look.kind === 'marked' && look.mark.startsWith(markPrefix)) marked.set(entry.pid, withMark(entry, look.mark));
    return look.kind === 'empty' ? 'look again' : 'done';
  });
  return [...marked.values()];
}

const withMark = ({ pid, startTicks }: ProcessEntry, mark: string): MarkedProcess => ({ pid, startTicks, mark });
