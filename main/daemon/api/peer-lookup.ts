import type { Socket } from 'node:net';

import type { AttemptId } from '../../../contract/ids.ts';

/** Who is at the other end of a loopback connection. Asked once per connection (user) or per change (attempt). */
export interface PeerLookup {
  /** The user who owns the other end; null when that cannot be established. */
  uidOf(socket: Socket): Promise<number | null>;
  /** The attempt that the process at the other end belongs to, by ancestry or by its mark; null: to none. */
  attemptOf(socket: Socket): Promise<AttemptId | null>;
}
