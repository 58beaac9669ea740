import type { Socket } from 'node:net';
import { AttemptId } from '../../../contract/ids.ts';
import { attemptOfPeer, peerPids, peerUid } from '../adapters/peers/peer-process.ts';
import type { PeerLookup } from '../api/peer-lookup.ts';

/** Who is behind a connection. What cannot be shown is null for a user, and `unknown` for an attempt. */
export const composePeers = (markPrefix: string): PeerLookup => ({
  uidOf: (socket) => Promise.resolve(endsOf(socket) === null ? null : uidOf(socket)),
  async attemptOf(socket) {
    const ends = endsOf(socket);
    if (ends === null) return 'unknown';
    const origin = attemptOfPeer({ pids: await peerPids(ends), markPrefix });
    if (origin.kind === 'attempt') return attemptIn(origin.mark, markPrefix);
    return origin.kind === 'outside' ? null : 'unknown';
  },
});

function uidOf(socket: Socket): number | null {
  const ends = endsOf(socket);
  return ends === null ? null : peerUid(ends);
}

/** A mark is `<instance>:<attempt>:<secret>`. */
function attemptIn(mark: string, markPrefix: string): AttemptId | 'unknown' {
  const id = AttemptId.safeParse(mark.slice(markPrefix.length).split(':', 1)[0]);
  return id.success ? id.data : 'unknown';
}

/** Null once the socket is closed. */
function endsOf({ localAddress, localPort, remoteAddress, remotePort }: Socket) {
  if (localAddress === undefined || remoteAddress === undefined) return null;
  if (localPort === undefined || remotePort === undefined) return null;
  return { localAddress, localPort, remoteAddress, remotePort };
}
