import { environmentMarkOf } from '../process/environment-mark.ts';
import { findHolders } from '../process/open-files.ts';
import { ancestorsOf, type ProcessTable } from '../process/process-table.ts';
import { findPeerSockets, type PeerSocket, type TcpConnection } from './tcp-table.ts';

/**
 * The users at the far ends of loopback connections; null where nobody can be shown. A connection keeps its user, so ask
 * once for each: the kernel walks its whole table, 1.4 ms on a machine with 24 GB and next to no connections.
 */
export async function peerUids(connections: readonly TcpConnection[]): Promise<readonly (number | null)[]> {
  const sockets = await findPeerSockets(connections);
  return sockets.map((socket) => socket?.uid ?? null);
}

/** The processes that hold each far end: usually one, none where it was closed meanwhile. Milliseconds: ask only when needed. */
export async function peerPids(connections: readonly TcpConnection[]): Promise<readonly (readonly number[])[]> {
  const sockets = await findPeerSockets(connections);
  const links = sockets.map((socket) => (socket === null ? null : linkOf(socket)));
  const holders = await findHolders(links.filter((link) => link !== null));
  return links.map((link) => (link === null ? [] : (holders.get(link) ?? [])));
}

const linkOf = ({ inode }: PeerSocket): string => `socket:[${inode}]`;

/** Whether a request comes out of an attempt. Only `outside` says that it does not. */
export type PeerOrigin =
  | { readonly kind: 'attempt'; readonly mark: string; readonly pid: number }
  | { readonly kind: 'outside' }
  /** It descends from the daemon, which starts nobody but attempts, and hides the mark of which one. */
  | { readonly kind: 'inside'; readonly pid: number }
  /** Nobody holds the far end any more, so nothing can be shown. */
  | { readonly kind: 'unknown' };

export interface PeerQuestion {
  readonly pids: readonly number[];
  /** Read after the pids were found. */
  readonly table: ProcessTable;
  /** What the marks of this daemon's attempts begin with. */
  readonly markPrefix: string;
  readonly daemonPid: number;
}

/**
 * Looks for a mark on each process, on those it descends from and on those that opened its session. A process can write
 * over its environment or forbid to read it, but not choose whom it descends from.
 */
export function attemptOfPeer({ pids, table, markPrefix, daemonPid }: PeerQuestion): PeerOrigin {
  const lines = pids.map((pid) => ({ pid, line: lineAbove(pid, table, daemonPid) }));
  for (const { pid, line } of lines) {
    const mark = line.pids.map(environmentMarkOf).find((found) => found?.startsWith(markPrefix));
    if (mark !== undefined && mark !== null) return { kind: 'attempt', mark, pid };
  }
  const inside = lines.find(({ line }) => line.isOfDaemon);
  if (inside !== undefined) return { kind: 'inside', pid: inside.pid };
  const isKnown = pids.length > 0 && pids.every((pid) => table.has(pid));
  return { kind: isKnown ? 'outside' : 'unknown' };
}

interface Line {
  readonly pids: readonly number[];
  /** Whether it leads to the daemon, which is not part of it. */
  readonly isOfDaemon: boolean;
}

/** The process, its session's opener, and those that both descend from, no further than the daemon. */
function lineAbove(pid: number, table: ProcessTable, daemonPid: number): Line {
  const sessionOpener = table.get(pid)?.sid ?? 0;
  const [own, session] = [lineOf(pid, table, daemonPid), lineOf(sessionOpener, table, daemonPid)];
  return { pids: [...own.pids, ...session.pids], isOfDaemon: own.isOfDaemon || session.isOfDaemon };
}

/** What is above the daemon started it and belongs to nobody's attempt. The daemon itself may ask, too. */
function lineOf(pid: number, table: ProcessTable, daemonPid: number): Line {
  const line = [pid, ...ancestorsOf(pid, table)];
  const daemon = line.indexOf(daemonPid);
  return daemon === -1 ? { pids: line, isOfDaemon: false } : { pids: line.slice(0, daemon), isOfDaemon: daemon > 0 };
}
