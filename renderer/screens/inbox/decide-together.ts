import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import type { Result } from '../../../contract/result.ts';
import { failureWords } from '../../words/failure-words.ts';
import type { Sent } from './decision-state.ts';

export interface TogetherPorts {
  readonly send: (gateId: string, sent: Sent) => Promise<Result<unknown, ClientFailure>>;
  /** The same for the same gate: whoever presses twice sends the same. */
  readonly keyOf: (gate: ClientGate) => string;
}

export interface NotDecided {
  readonly gate: ClientGate;
  readonly cause: string;
}

/** One request for each, one after the other, each with the digest that was shown. Gives those that were not decided. */
export async function decideTogether(
  gates: readonly ClientGate[],
  { action, reason }: Pick<Sent, 'action' | 'reason'>,
  { send, keyOf }: TogetherPorts,
): Promise<readonly NotDecided[]> {
  const notDecided: NotDecided[] = [];
  for (const gate of gates) {
    const scope = action === 'approve' && gate.kind === 'permission' ? 'once' : null;
    const reply = await send(gate.id, { action, scope, reason, digest: gate.subjectDigest, key: keyOf(gate) });
    if (!reply.ok) notDecided.push({ gate, cause: failureWords(reply.error).cause });
  }
  return notDecided;
}
