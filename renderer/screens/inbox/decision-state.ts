import type { ClientGate } from '../../../contract/client/client-gate.ts';

/** What a person said to a gate. */
export interface Answer {
  readonly action: 'approve' | 'reject';
  /** How far an approved permission reaches; null: the gate has no reach. */
  readonly scope: 'once' | 'attempt' | null;
  readonly reason: string;
}

/** An answer on its way: to what was shown, and with a key by which it counts once however often it is sent. */
export interface Sent extends Answer {
  readonly digest: string;
  readonly key: string;
}

export type Phase =
  /** It is seen, and does not take an answer yet. */
  | { readonly kind: 'shown' }
  | { readonly kind: 'armed' }
  | { readonly kind: 'sending'; readonly sent: Sent }
  /** The record is asked what became of it: no answer came, or one that says that something else was decided about. */
  | { readonly kind: 'unclear'; readonly sent: Sent; readonly mayCount: boolean }
  | { readonly kind: 'decided'; readonly sent: Sent; readonly atMs: number }
  /** By somebody else, or by nobody. `wasOpen`: while the card was looked at. */
  | { readonly kind: 'closed'; readonly wasOpen: boolean };

/** What happened to this card, told above its buttons. */
export type Notice =
  | { readonly kind: 'changed'; readonly atMs: number; readonly before: ClientGate }
  | { readonly kind: 'not-sent'; readonly cause: string }
  /** Processes of attempts decide nothing. */
  | { readonly kind: 'attempt-asked' };

export interface DecisionState {
  readonly gate: ClientGate;
  /** The end of what is asked was seen, of this very digest. */
  readonly isRead: boolean;
  /** Counts what has to be looked at anew before an answer is taken. */
  readonly arming: number;
  readonly phase: Phase;
  readonly notice: Notice | null;
  /** The last answer that may not have arrived: sent again, it keeps its key. */
  readonly unsure: Sent | null;
}

export type DecisionEvent =
  /** Somebody read the gate; it may be older than what this card has done since. */
  | { readonly kind: 'read'; readonly gate: ClientGate; readonly atMs: number }
  /** It was read after the answer was lost. */
  | { readonly kind: 'checked'; readonly gate: ClientGate; readonly atMs: number }
  | { readonly kind: 'looked-at'; readonly arming: number }
  | { readonly kind: 'read-to-end'; readonly digest: string }
  /** Other buttons stand where some stood before. */
  | { readonly kind: 'rearranged' }
  | { readonly kind: 'pressed'; readonly answer: Answer; readonly key: string }
  | { readonly kind: 'accepted'; readonly atMs: number }
  | { readonly kind: 'refused'; readonly code: string | null; readonly cause: string }
  | { readonly kind: 'lost' };

export function firstDecisionState(gate: ClientGate): DecisionState {
  const phase: Phase = gate.state === 'pending' ? { kind: 'shown' } : { kind: 'closed', wasOpen: false };
  return { gate, isRead: false, arming: 0, phase, notice: null, unsure: null };
}

/** The card after an event. Only one press in a row leads to `sending`. */
export function nextDecisionState(state: DecisionState, event: DecisionEvent): DecisionState {
  switch (event.kind) {
    case 'read':
    case 'checked':
      return afterReading(state, event);
    case 'looked-at':
      return state.phase.kind === 'shown' && event.arming === state.arming
        ? { ...state, phase: { kind: 'armed' } }
        : state;
    case 'read-to-end':
      return event.digest === state.gate.subjectDigest && !state.isRead ? disarmed({ ...state, isRead: true }) : state;
    case 'rearranged':
      return disarmed(state);
    case 'pressed':
      return afterPress(state, event);
    case 'accepted':
      return state.phase.kind === 'sending'
        ? { ...state, phase: { kind: 'decided', sent: state.phase.sent, atMs: event.atMs }, notice: null, unsure: null }
        : state;
    case 'refused':
      return state.phase.kind === 'sending' ? afterRefusal(state, state.phase.sent, event) : state;
    case 'lost':
      return state.phase.kind === 'sending'
        ? {
            ...state,
            phase: { kind: 'unclear', sent: state.phase.sent, mayCount: true },
            unsure: state.phase.sent,
            notice: null,
          }
        : state;
  }
}

/** Buttons that changed, or what they stand for, take no answer for a moment. */
const disarmed = (state: DecisionState): DecisionState =>
  state.phase.kind === 'armed' || state.phase.kind === 'shown'
    ? { ...state, phase: { kind: 'shown' }, arming: state.arming + 1 }
    : state;

function afterPress(state: DecisionState, { answer, key }: DecisionEvent & { kind: 'pressed' }): DecisionState {
  if (state.phase.kind !== 'armed' || (answer.action === 'approve' && !state.isRead)) return state;
  const digest = state.gate.subjectDigest;
  const { unsure } = state;
  const isAgain =
    unsure !== null &&
    unsure.digest === digest &&
    unsure.action === answer.action &&
    unsure.scope === answer.scope &&
    unsure.reason === answer.reason;
  return { ...state, phase: { kind: 'sending', sent: { ...answer, digest, key: isAgain ? unsure.key : key } } };
}

function afterReading(
  state: DecisionState,
  { kind, gate, atMs }: DecisionEvent & { readonly kind: 'read' | 'checked' },
): DecisionState {
  const { phase } = state;
  if (phase.kind === 'decided') return gate.state === 'pending' ? state : { ...state, gate };
  if (phase.kind === 'closed') return gate.state === 'pending' ? state : { ...state, gate };
  // While an answer is on its way, what it was given to stays as it was shown; the answer of the daemon says the rest.
  if (phase.kind === 'sending') return state;
  if (gate.state !== 'pending') return afterClosing(state, gate, atMs);
  if (phase.kind === 'unclear' && kind === 'read') return state;
  if (gate.subjectDigest !== state.gate.subjectDigest) return afterChange(state, gate, atMs);
  return phase.kind === 'unclear' ? notSent({ ...state, gate }, NO_TRACE) : { ...state, gate };
}

/** What was read does not count any more. */
const afterChange = (state: DecisionState, gate: ClientGate, atMs: number): DecisionState => ({
  gate,
  isRead: false,
  arming: state.arming + 1,
  phase: { kind: 'shown' },
  notice: { kind: 'changed', atMs, before: state.gate },
  unsure: null,
});

/** The record holds what this card may have sent: then it was this card's. */
function afterClosing(state: DecisionState, gate: ClientGate, atMs: number): DecisionState {
  const { phase } = state;
  const isOurs =
    phase.kind === 'unclear' &&
    phase.mayCount &&
    gate.state === CLOSES[phase.sent.action] &&
    gate.decidedBy === 'operator';
  const closed: DecisionState = {
    ...state,
    gate,
    notice: null,
    unsure: null,
    phase: { kind: 'closed', wasOpen: true },
  };
  return isOurs ? { ...closed, phase: { kind: 'decided', sent: phase.sent, atMs } } : closed;
}

const CLOSES = { approve: 'approved', reject: 'rejected' } as const;
const NO_TRACE = 'The record holds no answer.';

/** After some refusals the gate is what it was; after the others the record has to say what it is. */
function afterRefusal(
  state: DecisionState,
  sent: Sent,
  { code, cause }: DecisionEvent & { kind: 'refused' },
): DecisionState {
  switch (code) {
    case 'gate_closed':
    case 'gate_changed':
      return { ...state, phase: { kind: 'unclear', sent, mayCount: false }, unsure: null, notice: null };
    case 'internal':
      return { ...state, phase: { kind: 'unclear', sent, mayCount: true }, unsure: sent, notice: null };
    case 'forbidden_executor':
      return { ...state, phase: { kind: 'shown' }, arming: state.arming + 1, notice: { kind: 'attempt-asked' } };
    default:
      return notSent({ ...state, unsure: null }, cause);
  }
}

const notSent = (state: DecisionState, cause: string): DecisionState => ({
  ...state,
  phase: { kind: 'shown' },
  arming: state.arming + 1,
  notice: { kind: 'not-sent', cause },
});
