import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { gateWords } from '../../words/gate-words.ts';

const MOST = 10;

/** Why several gates cannot be approved together; null: they can. `wasRead`: each to its end, as it is now. */
export function whyNotTogether(gates: readonly ClientGate[], wasRead: (gate: ClientGate) => boolean): string | null {
  const [first] = gates;
  if (first === undefined) return 'Nothing is chosen.';
  if (gates.length > MOST) return `At most ${MOST} are approved together.`;
  if (gates.some((gate) => gate.runId !== first.runId)) return 'They are of different runs.';
  if (gates.some((gate) => gate.kind !== first.kind)) return 'They are of different kinds.';
  if (gates.some((gate) => ruleOf(gate) !== ruleOf(first))) return 'They are asked by different rules.';
  const unread = gates.filter((gate) => !wasRead(gate)).length;
  if (unread > 0) return `${unread} of them ${unread === 1 ? 'was' : 'were'} not read to the end.`;
  return null;
}

/** What makes two gates of one kind alike: the tool and what it does, or the reasons of the policy. */
const ruleOf = ({ request, reasons }: ClientGate): string =>
  request === null ? JSON.stringify(reasons) : JSON.stringify([request.tool, request.toolKind]);

/** Whether a no to one of them ends its step. */
export const needsReason = (gates: readonly ClientGate[]): boolean => gates.some((gate) => gateWords(gate).needsReason);
