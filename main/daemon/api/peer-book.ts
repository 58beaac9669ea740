import type { Socket } from 'node:net';

import type { PeerAttempt, PeerLookup } from './peer-lookup.ts';

/** What is known of the other end of each connection. */
export interface PeerBook {
  /** Asked once per connection: its user cannot change. */
  isSameUser(socket: Socket): Promise<boolean>;
  /** For the record: asked once per connection, and only when something is recorded. */
  actorOf(socket: Socket): Promise<string>;
  /** For a decision: asked each time, because a connection can be handed on. */
  attemptNow(socket: Socket): Promise<PeerAttempt>;
}

export function createPeerBook(peers: PeerLookup): PeerBook {
  const sameUser = new WeakMap<Socket, Promise<boolean>>();
  const actors = new WeakMap<Socket, Promise<string>>();
  return {
    isSameUser: (socket) => once(sameUser, socket, async () => isOurUser(await peers.uidOf(socket))),
    actorOf: (socket) => once(actors, socket, async () => actorName(await peers.attemptOf(socket))),
    attemptNow: (socket) => peers.attemptOf(socket),
  };
}

const isOurUser = (uid: number | null): boolean => uid !== null && uid === process.getuid?.();

/** Whoever belongs to no attempt. */
export const OPERATOR = 'operator';

export const actorName = (attempt: PeerAttempt): string => {
  if (attempt === null) return OPERATOR;
  return attempt === 'unknown' ? 'unknown' : `executor:${attempt}`;
};

function once<T>(known: WeakMap<Socket, Promise<T>>, socket: Socket, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(socket) ?? ask();
  known.set(socket, answer);
  return answer;
}
