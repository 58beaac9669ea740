import type { PermissionAnswer } from '../../../contract/permission.ts';
import type { GateRecord } from '../../../contract/records.ts';
import { assertNever } from '../../../contract/result.ts';
import type { Answered } from '../domain/describe-answer.ts';
import { allowAlike } from './allow-alike.ts';
import type { ServiceContext } from './context.ts';
import type { OpenQuestions } from './open-questions.ts';
import { persist } from './persist.ts';
import { recordPermissionClosed } from './record-permission.ts';

interface Waiting {
  /** Pending. */
  readonly gate: GateRecord;
  readonly questions: OpenQuestions;
  readonly signal: AbortSignal;
}

/**
 * Waits for what the record says of a gate: the answer is told once it is committed. When nobody is asked any more it is
 * `cancelled`, and the gate is closed with all others; a question that is taken back, and time that is up, close the gate here.
 */
export async function awaitPermission(context: ServiceContext, waiting: Waiting): Promise<Answered> {
  const goOn = waiting.gate.kind === 'manual' ? () => undefined : waiting.questions.clock.pause();
  try {
    return await untilClosed(context, waiting);
  } finally {
    goOn();
  }
}

const TAKEN_BACK = { state: 'withdrawn', actor: 'daemon', reason: 'the agent took its question back' } as const;
const EXPIRED = { state: 'expired', actor: 'daemon', reason: 'nobody answered in time' } as const;

async function untilClosed(
  context: ServiceContext,
  { gate: { id, stepId, expiresAtMs, createdAtMs }, questions, signal }: Waiting,
): Promise<Answered> {
  const { promise, resolve } = Promise.withResolvers<Answered>();
  const look = () => {
    const gate = context.store.gates.get(id);
    if (gate === null) resolve(UNREADABLE);
    else if (gate.state !== 'pending') resolve(heard(context, questions, gate));
  };
  const onClose = () => resolve(CANCELLED);
  const onTakenBack = () => {
    onClose();
    void closeGate(context, id, TAKEN_BACK);
  };
  const stopWatching = stepId === null ? () => undefined : context.watch.onStep(stepId, look);
  const timer =
    expiresAtMs === null
      ? undefined
      : setTimeout(() => void closeGate(context, id, EXPIRED), expiresAtMs - createdAtMs);
  questions.closed.addEventListener('abort', onClose, { once: true });
  signal.addEventListener('abort', onTakenBack, { once: true });
  if (questions.closed.aborted) onClose();
  else if (signal.aborted) onTakenBack();
  else look();
  try {
    return await promise;
  } finally {
    stopWatching();
    clearTimeout(timer);
    questions.closed.removeEventListener('abort', onClose);
    signal.removeEventListener('abort', onTakenBack);
  }
}

/** What a gate that is no longer pending tells who asked. What it allows for the attempt is remembered at once. */
function heard(context: ServiceContext, questions: OpenQuestions, gate: GateRecord): Answered {
  const reach = questions.reaches.get(gate.id);
  questions.reaches.delete(gate.id);
  if (
    gate.state === 'approved' &&
    gate.scope === 'attempt' &&
    reach !== undefined &&
    !questions.allowances.has(reach)
  ) {
    const allowance = { gateId: gate.id, by: gate.decidedBy ?? 'operator' };
    questions.allowances.set(reach, allowance);
    void allowAlike(context, questions, { reach, ...allowance });
  }
  return answerOfGate(gate);
}

/** Nobody answers any more. */
export const CANCELLED: Answered = { answer: { answer: 'cancelled' }, by: null, reason: '' };

const NO_RECORD = 'the record of the question cannot be read';
const UNREADABLE: Answered = { answer: { answer: 'reject', reason: NO_RECORD }, by: 'daemon', reason: NO_RECORD };

/** What a gate that is no longer pending says. */
export const answerOfGate = (gate: GateRecord): Answered => ({
  answer: told(gate),
  by: gate.decidedBy,
  reason: gate.reason,
});

function told(gate: GateRecord): PermissionAnswer {
  switch (gate.state) {
    case 'approved':
      return { answer: 'allow', scope: gate.scope ?? 'once' };
    case 'rejected':
    case 'expired':
      return { answer: 'reject', reason: toldWithNo(gate) };
    case 'withdrawn':
    case 'pending':
      return { answer: 'cancelled' };
    default:
      return assertNever(gate.state);
  }
}

const PROFILE = 'profile:';

/** What the agent reads of a no. The record's reason for a rule is for people, who know what the profile is. */
function toldWithNo({ decidedBy, reason }: GateRecord): string {
  if (decidedBy?.startsWith(PROFILE) === true)
    return `This is not allowed here. The profile ${decidedBy.slice(PROFILE.length)} does not allow it.`;
  return reason === '' ? `rejected by ${decidedBy ?? 'a person'}` : reason;
}

/** Never rejects: who asked has its answer, and the end of the attempt closes what is left open. */
async function closeGate(
  context: ServiceContext,
  id: GateRecord['id'],
  close: typeof TAKEN_BACK | typeof EXPIRED,
): Promise<void> {
  try {
    await persist(context, () =>
      context.store.transaction(() => {
        const gate = context.store.gates.get(id);
        if (gate?.state === 'pending') recordPermissionClosed(context, gate, close);
      }),
    );
  } catch (error) {
    context.log('warn', 'a permission could not be closed', { gate: id, error });
  }
}
