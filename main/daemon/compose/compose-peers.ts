import type { Socket } from 'node:net';
import { AttemptId } from '../../../contract/ids.ts';
import { askTogether } from '../adapters/peers/ask-together.ts';
import { attemptOfPeer, type PeerOrigin, peerPids, peerUids } from '../adapters/peers/peer-process.ts';
import type { TcpConnection } from '../adapters/peers/tcp-table.ts';
import { readProcessTable } from '../adapters/process/process-table.ts';
import type { PeerAttempt, PeerLookup } from '../api/peer-lookup.ts';

export interface PeerParts {
  /** What the marks of this daemon's attempts begin with. */
  readonly markPrefix: string;
  readonly daemonPid: number;
  /** Null: there is no such attempt. */
  readonly markOf: (attemptId: AttemptId) => string | null;
}

/**
 * Who is behind a connection. What cannot be shown is null for a user, and `unknown` for an attempt. A flood of
 * connections is looked at together.
 */
export function composePeers(parts: PeerParts): PeerLookup {
  const findUid = askTogether(peerUids);
  const findOrigin = askTogether((connections: readonly TcpConnection[]) => originsOf(connections, parts));
  return {
    async uidOf(socket) {
      const ends = endsOf(socket);
      return ends === null ? null : findUid(ends);
    },
    async attemptOf(socket) {
      const ends = endsOf(socket);
      if (ends === null) return 'unknown';
      const origin = await findOrigin(ends);
      if (origin.kind === 'attempt') return attemptIn(origin.mark, parts);
      return origin.kind === 'outside' ? null : 'unknown';
    },
  };
}

/** Most of many connections are of the same few processes: each group of holders is looked at once. */
async function originsOf(connections: readonly TcpConnection[], parts: PeerParts): Promise<readonly PeerOrigin[]> {
  const holders = await peerPids(connections);
  const table = readProcessTable();
  const known = new Map<string, PeerOrigin>();
  return holders.map((pids) => {
    const name = pids.join();
    const origin = known.get(name) ?? attemptOfPeer({ pids, table, ...parts });
    known.set(name, origin);
    return origin;
  });
}

/** A mark is `<instance>:<attempt>:<secret>`. One whose secret is wrong was made up, perhaps to blame another attempt. */
function attemptIn(mark: string, { markPrefix, markOf }: PeerParts): PeerAttempt {
  const id = AttemptId.safeParse(mark.slice(markPrefix.length).split(':', 1)[0]);
  return id.success && markOf(id.data) === mark ? id.data : 'unknown';
}

/** Null once the socket is closed. */
function endsOf({ localAddress, localPort, remoteAddress, remotePort }: Socket) {
  if (localAddress === undefined || remoteAddress === undefined) return null;
  if (localPort === undefined || remotePort === undefined) return null;
  return { localAddress, localPort, remoteAddress, remotePort };
}
