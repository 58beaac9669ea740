import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { listPids, type ProcessIdentity, readProcess } from './process-table.ts';

/** How a process holds on to a file or folder. */
export interface OpenFile extends ProcessIdentity {
  readonly as: 'working folder' | 'root' | 'program' | 'open file';
  readonly path: string;
}

const sliceMs = 5;
const deletedSuffix = ' (deleted)';
const ownUid = process.getuid?.() ?? 0;

/**
 * The first thing of each living process that matches: a real path, or what the kernel shows for a socket or pipe. The
 * processes of other users cannot be looked into and are passed over. Takes a few microseconds for each open file and
 * lets others run in between.
 */
export async function findOpenFiles(
  matches: (path: string) => boolean,
  { exceptPid = null }: { readonly exceptPid?: number | null } = {},
): Promise<readonly OpenFile[]> {
  const found: OpenFile[] = [];
  await lookAtEach((pid) => {
    if (pid === exceptPid) return;
    const hold = firstMatch(pid, matches);
    const entry = hold === null ? null : readProcess(pid);
    if (hold !== null && entry !== null) found.push({ pid, startTicks: entry.startTicks, ...hold });
  });
  return found;
}

/**
 * The living processes that hold each of these, as the kernel shows sockets and pipes (`socket:[4711]`). One look around
 * finds them all.
 */
export async function findHolders(paths: Iterable<string>): Promise<ReadonlyMap<string, readonly number[]>> {
  const holders = new Map(Array.from(paths, (path): [string, number[]] => [path, []]));
  await lookAtEach((pid) => {
    const held = new Set(openFilesOf(pid)).intersection(holders);
    if (held.size === 0 || readProcess(pid) === null) return;
    for (const path of held) holders.get(path)?.push(pid);
  });
  return holders;
}

/** Every process that may be looked into. */
async function lookAtEach(look: (pid: number) => void): Promise<void> {
  let sliceStart = performance.now();
  for (const pid of listPids()) {
    if (isOfOther(pid)) continue;
    look(pid);
    if (performance.now() - sliceStart > sliceMs) {
      await letOthersRun();
      sliceStart = performance.now();
    }
  }
}

/** Asked first, because most processes of a machine are somebody else's, and a refused look takes several times as long. */
const isOfOther = (pid: number): boolean =>
  ownUid !== 0 && statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid !== ownUid;

type Hold = Pick<OpenFile, 'as' | 'path'>;

/** What has no program is part of the kernel, gone, or somebody else's: there is nothing more to see. */
function firstMatch(pid: number, matches: (path: string) => boolean): Hold | null {
  const program = readLink(`/proc/${pid}/exe`);
  if (program === null) return null;
  const found = (as: OpenFile['as'], path: string | null) => (path !== null && matches(path) ? { as, path } : null);
  return (
    found('working folder', readLink(`/proc/${pid}/cwd`)) ??
    found('root', readLink(`/proc/${pid}/root`)) ??
    found('program', program) ??
    firstOpenFile(pid, matches)
  );
}

function firstOpenFile(pid: number, matches: (path: string) => boolean): Hold | null {
  for (const path of openFilesOf(pid)) {
    if (matches(path)) return { as: 'open file', path };
  }
  return null;
}

function* openFilesOf(pid: number): Generator<string> {
  const folder = `/proc/${pid}/fd/`;
  for (const descriptor of listDescriptors(folder)) {
    const path = readLink(`${folder}${descriptor}`);
    if (path !== null) yield path;
  }
}

function listDescriptors(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it has ended, or belongs to somebody else
  }
}

/** A removed file keeps its last path, with a note that the kernel adds. */
function readLink(path: string): string | null {
  try {
    const target = readlinkSync(path);
    return target.endsWith(deletedSuffix) ? target.slice(0, -deletedSuffix.length) : target;
  } catch {
    return null; // it has ended or closed the file, or belongs to somebody else
  }
}
