import { environmentMarkOf } from '../process/environment-mark.ts';
import { findOpenFiles } from '../process/open-files.ts';
import { ancestorsOf, type ProcessTable, readProcessTable } from '../process/process-table.ts';
import { findPeerSocket, type PeerSocket, type TcpConnection } from './tcp-table.ts';

/**
 * The user at the far end of a loopback connection; null when nobody there can be shown. A connection keeps its user, so
 * ask once for each: the kernel walks its whole table, 1.4 ms on a machine with 24 GB and next to no connections.
 */
export const peerUid = (connection: TcpConnection): number | null => findPeerSocket(connection)?.uid ?? null;

/** The processes that hold the far end: usually one, none when it was closed meanwhile. Milliseconds: ask only when needed. */
export async function peerPids(connection: TcpConnection): Promise<readonly number[]> {
  const socket = findPeerSocket(connection);
  return socket === null ? [] : holdersOf(socket);
}

async function holdersOf({ inode }: PeerSocket): Promise<readonly number[]> {
  const link = `socket:[${inode}]`;
  const holders = await findOpenFiles((path) => path === link);
  return holders.map((holder) => holder.pid);
}

/** Whether a request comes out of an attempt. Only `outside` says that it does not. */
export type PeerOrigin =
  | { readonly kind: 'attempt'; readonly mark: string; readonly pid: number }
  | { readonly kind: 'outside' }
  /** Nobody holds the far end any more, so nothing can be shown. */
  | { readonly kind: 'unknown' };

export interface PeerQuestion {
  readonly pids: readonly number[];
  /** What the marks of this daemon's attempts begin with. */
  readonly markPrefix: string;
}

/** Looks for a mark on each process, on those it descends from and on those that opened its session. */
export function attemptOfPeer({ pids, markPrefix }: PeerQuestion): PeerOrigin {
  const table = readProcessTable();
  for (const pid of pids) {
    const mark = markAbove(pid, table, markPrefix);
    if (mark !== null) return { kind: 'attempt', mark, pid };
  }
  const isKnown = pids.length > 0 && pids.every((pid) => table.has(pid));
  return { kind: isKnown ? 'outside' : 'unknown' };
}

function markAbove(pid: number, table: ProcessTable, markPrefix: string): string | null {
  const sessionOpener = table.get(pid)?.sid ?? 0;
  const line = [...lineOf(pid, table), ...lineOf(sessionOpener, table)];
  const marks = line.map(environmentMarkOf);
  return marks.find((mark) => mark?.startsWith(markPrefix)) ?? null;
}

/** The process and those it descends from, no further than this daemon: what is above it started it. */
function lineOf(pid: number, table: ProcessTable): readonly number[] {
  const line = [pid, ...ancestorsOf(pid, table)];
  const daemon = line.indexOf(process.pid);
  return daemon === -1 ? line : line.slice(0, daemon);
}
