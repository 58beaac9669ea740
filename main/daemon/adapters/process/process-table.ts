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
}

export type ProcessTable = ReadonlyMap<number, ProcessEntry>;

/** Every process that is alive, read at once: about 10 µs each, so that the table is a picture of one moment. */
export function readProcessTable(): ProcessTable {
  const entries = listPids().flatMap((pid) => readProcess(pid) ?? []);
  return new Map(entries.map((entry) => [entry.pid, entry]));
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
