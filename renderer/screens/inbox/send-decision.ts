import { decideGate } from '../../../contract/client/gate-routes.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import type { EmptyReply } from '../../../contract/client/send-request.ts';
import type { Sent } from './decision-state.ts';

/** An answer as the daemon wants it: with the digest that was shown, and the key by which it counts once. */
export const sendDecision =
  (connection: Connection) =>
  (gateId: string, { action, reason, digest, scope, key }: Sent): EmptyReply =>
    decideGate(connection, gateId, { action, reason, digest, scope: scope ?? undefined, idempotencyKey: key });
