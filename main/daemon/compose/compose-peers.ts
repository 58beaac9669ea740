import type { Socket } from 'node:net';
import { AttemptId } from '../../../contract/ids.ts';
import { attemptOfPeer, peerPids, peerUid } from '../adapters/peers/peer-process.ts';
import type { PeerAttempt, PeerLookup } from '../api/peer-lookup.ts';

export interface PeerParts {
  /** What the marks of this daemon's attempts begin with. */
  readonly markPrefix: string;
  readonly daemonPid: number;
  /** Null: there is no such attempt. */
  readonly markOf: (attemptId: AttemptId) => string | null;
}

/** Who is behind a connection. What cannot be shown is null for a user, and `unknown` for an attempt. */
export const composePeers = (parts: PeerParts): PeerLookup => ({
  uidOf: (socket) => Promise.resolve(endsOf(socket) === null ? null : uidOf(socket)),
  async attemptOf(socket) {
    const ends = endsOf(socket);
    if (ends === null) return 'unknown';
    const origin = attemptOfPeer({ pids: await peerPids(ends), ...parts });
    if (origin.kind === 'attempt') return attemptIn(origin.mark, parts);
    return origin.kind === 'outside' ? null : 'unknown';
  },
});

function uidOf(socket: Socket): number | null {
  const ends = endsOf(socket);
  return ends === null ? null : peerUid(ends);
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
