import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import type { Result } from '../../../contract/result.ts';
import { failureWords } from '../../words/failure-words.ts';
import {
  type Answer,
  type DecisionEvent,
  type DecisionState,
  firstDecisionState,
  nextDecisionState,
  type Sent,
} from './decision-state.ts';

export interface DeciderPorts {
  readonly send: (gateId: string, sent: Sent) => Promise<Result<unknown, ClientFailure>>;
  /** Asks the daemon, never a cache. */
  readonly read: (gateId: string) => Promise<Result<ClientGate, ClientFailure>>;
  readonly nowMs: () => number;
  readonly newKey: () => string;
}

/** One card and what is done with it. Events count at once, so that of two presses in one instant one is sent. */
export interface Decider {
  readonly state: () => DecisionState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly tell: (event: DecisionEvent) => void;
  /** Resolves when nothing of it is under way any more. */
  readonly press: (answer: Answer) => Promise<void>;
  /** Once more asks what became of an answer that was lost. */
  readonly check: () => Promise<void>;
}

export function createDecider(gate: ClientGate, ports: DeciderPorts): Decider {
  let state = firstDecisionState(gate);
  const listeners = new Set<() => void>();
  const tell: Decider['tell'] = (event) => {
    const next = nextDecisionState(state, event);
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const check: Decider['check'] = async () => {
    const read = await ports.read(gate.id);
    if (read.ok) tell({ kind: 'checked', gate: read.value, atMs: ports.nowMs() });
  };
  const press: Decider['press'] = async (answer) => {
    const before = state;
    tell({ kind: 'pressed', answer, key: ports.newKey() });
    if (state === before || state.phase.kind !== 'sending') return;
    const reply = await ports.send(gate.id, state.phase.sent);
    tell(eventOf(reply, ports.nowMs()));
    await check();
  };
  return {
    tell,
    check,
    press,
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Only a refusal says that nothing came of it. */
function eventOf(reply: Result<unknown, ClientFailure>, atMs: number): DecisionEvent {
  if (reply.ok) return { kind: 'accepted', atMs };
  if (reply.error.kind !== 'refused') return { kind: 'lost' };
  const { cause, next } = failureWords(reply.error);
  return { kind: 'refused', code: reply.error.code, cause: next === '' ? cause : `${cause} ${next}` };
}
