import type { Socket } from 'node:net';

import type { AttemptId } from '../../../contract/ids.ts';

/** Null: to no attempt. `unknown`: nobody can be shown to hold the other end, so nothing follows. */
export type PeerAttempt = AttemptId | 'unknown' | null;

/** Who is at the other end of a loopback connection. Both questions cost milliseconds. */
export interface PeerLookup {
  /** The user who owns the other end; null when that cannot be established. */
  uidOf(socket: Socket): Promise<number | null>;
  /** The attempt that the process at the other end belongs to, by ancestry or by its mark. */
  attemptOf(socket: Socket): Promise<PeerAttempt>;
}
