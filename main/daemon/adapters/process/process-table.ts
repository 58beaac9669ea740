import { readdirSync, readFileSync } from 'node:fs';

/** A process beyond doubt: pids come again, a pid together with its start does not before the next boot. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to the start of the process, as the kernel prints them. */
  readonly startTicks: string;
}

export interface ProcessEntry extends ProcessIdentity {
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  /** One letter: R, S, D, T, Z … */
  readonly state: string;
  readonly threads: number;
  readonly isKernelThread: boolean;
}

export type ProcessTable = ReadonlyMap<number, ProcessEntry>;

/** A busy machine starts somebody during every look around; so often it is looked again. */
const mostRounds = 50;
const mostShowings = 4;

/**
 * Every process that is alive, about 10 µs each. Looks around again until nobody new is there: whoever starts a successor
 * and ends while the list is read would otherwise be missed, and so would the successor.
 *
 * `inspect` sees each process as soon as it is found; `look again` has it shown a few times more.
 */
export function readProcessTable(inspect: (entry: ProcessEntry) => 'done' | 'look again' = () => 'done'): ProcessTable {
  const table = new Map<number, ProcessEntry>();
  const settled = new Set<number>();
  for (let round = 1; round <= mostRounds; round += 1) {
    const unsettled = listPids().filter((pid) => !settled.has(pid));
    if (unsettled.length === 0) break;
    for (const pid of unsettled) {
      const entry = readProcess(pid);
      if (entry !== null) table.set(pid, entry);
      if (entry === null || inspect(entry) === 'done' || round >= mostShowings) settled.add(pid);
    }
  }
  return table;
}

export const listPids = (): readonly number[] =>
  readdirSync('/proc').flatMap((name) => (/^[0-9]+$/.test(name) ? [Number(name)] : []));

/** Null when there is no such process, or only what waits to be collected by its parent. */
export function readProcess(pid: number): ProcessEntry | null {
  const line = readProcFile(pid, 'stat');
  const entry = line === null ? null : parseStat(line.toString('latin1'));
  return entry !== null && isAlive(entry) ? entry : null;
}

/** A first thread that has ended shows as a zombie while others of the process go on. */
const isAlive = (entry: ProcessEntry): boolean => !'ZXx'.includes(entry.state) || entry.threads > 1;

/** PF_KTHREAD in the kernel's sched.h. */
const kernelThreadFlag = 0x00200000;

/** The second field is the name in parentheses and may itself hold spaces and parentheses (proc_pid_stat(5)). */
export function parseStat(line: string): ProcessEntry | null {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, ppid, pgid, sid] = fields;
  const startTicks = fields[19];
  if (state === undefined || startTicks === undefined) return null;
  return {
    pid: Number.parseInt(line, 10),
    startTicks,
    ppid: Number(ppid),
    pgid: Number(pgid),
    sid: Number(sid),
    state,
    threads: Number(fields[17]),
    isKernelThread: (Number(fields[6]) & kernelThreadFlag) !== 0,
  };
}

export const isSameProcess = (identity: ProcessIdentity): boolean =>
  readProcess(identity.pid)?.startTicks === identity.startTicks;

/** The pid of its parent, that one's parent, and so on up to the first process. */
export function ancestorsOf(pid: number, table: ProcessTable): readonly number[] {
  const ancestors: number[] = [];
  let parent = table.get(pid)?.ppid ?? 0;
  while (parent > 0 && !ancestors.includes(parent)) {
    ancestors.push(parent);
    parent = table.get(parent)?.ppid ?? 0;
  }
  return ancestors;
}

/** A file of a process's folder; null when the process is gone or belongs to somebody else. */
export function readProcFile(pid: number, name: string): Buffer | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`);
  } catch {
    return null; // ENOENT and ESRCH: it has ended; EACCES: not ours to look at
  }
}
