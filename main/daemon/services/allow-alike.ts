import { readHeld } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { recordGateDecided } from './ledger.ts';
import type { Allowance, OpenQuestions } from './open-questions.ts';
import { persist } from './persist.ts';
import { recordStepGoesOn } from './record-permission.ts';

/** What is allowed for an attempt answers the equal questions, too, that wait already. Never rejects. */
export async function allowAlike(
  context: ServiceContext,
  questions: OpenQuestions,
  allowed: Allowance & { readonly reach: string },
): Promise<void> {
  try {
    await persist(context, () => context.store.transaction(() => recordAlike(context, questions, allowed)));
  } catch (error) {
    context.log('warn', 'equal questions could not be answered', { gate: allowed.gateId, error });
  }
}

function recordAlike(
  context: ServiceContext,
  { work, reaches }: OpenQuestions,
  { reach, gateId, by }: Allowance & { readonly reach: string },
): void {
  const waiting = context.store.gates.pendingOfAttempt(work.attemptId);
  const alike = waiting.filter(({ id, kind }) => kind === 'permission' && reaches.get(id) === reach);
  if (alike.length === 0) return;
  const { step } = readHeld(context, work);
  for (const gate of alike) {
    recordGateDecided(context, {
      ...gate,
      state: 'approved',
      decidedAtMs: context.clock(),
      decidedBy: by,
      decidedDigest: 'present',
      scope: 'attempt',
      reason: `${gateId} was allowed for the attempt`,
    });
  }
  recordStepGoesOn(context, step.id, by);
}
