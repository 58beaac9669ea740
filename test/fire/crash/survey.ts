import { z } from 'zod';
import { isAttemptLive } from '../../../contract/attempt-state.ts';
import { isStepInFlight, isTerminalStep } from '../../../contract/step-state.ts';
import { type AttemptView, decodeAttempt } from '../../../contract/wire/attempt.ts';
import { decodeStep, type StepView } from '../../../contract/wire/step.ts';
import { successOf } from '../../support/success-of.ts';
import type { Seat } from './seat.ts';

/** A step and its attempts as they were at one moment. */
export interface StepSurvey {
  readonly step: StepView;
  readonly attempts: readonly AttemptView[];
  readonly pendingGates: number;
}

/** Null: there is no such step. What moves while it is looked at is looked at again. */
export async function surveyStep(seat: Seat, stepId: string): Promise<StepSurvey | null> {
  for (;;) {
    const before = await seat.read(`/api/v1/steps/${stepId}`);
    if (before.status === 404) return null;
    const attempts = z
      .array(z.unknown())
      .nullable()
      .parse((await seat.read(`/api/v1/steps/${stepId}/attempts`)).json);
    const gates = z
      .array(z.unknown())
      .nullable()
      .parse((await seat.read(`/api/v1/gates?step=${stepId}&state=pending`)).json);
    const after = await seat.read(`/api/v1/steps/${stepId}`);
    if (before.text !== after.text) continue;
    return {
      step: successOf(decodeStep(after.json)),
      attempts: (attempts ?? []).map((attempt) => successOf(decodeAttempt(attempt))),
      pendingGates: gates?.length ?? 0,
    };
  }
}

/** What about a step cannot be true or is not explained, each in one sentence. */
export function unexplainedIn({ step, attempts, pendingGates }: StepSurvey): readonly string[] {
  const live = attempts.filter(({ state }) => isAttemptLive(state));
  const newest = [...attempts].sort((one, other) => other.number - one.number)[0];
  const says = `step ${step.id} is ${step.state}`;
  const problems: string[] = [];
  const claim = (isTrue: boolean, sentence: string) => void (isTrue || problems.push(sentence));
  claim(live.length <= 1, `${says} with ${live.length} living attempts`);
  claim(isStepInFlight(step.state) === (live.length === 1), `${says}, and ${live.length} of its attempts live`);
  claim((step.state === 'needs_approval') <= (pendingGates > 0), `${says}, and no gate of it is pending`);
  claim(!isTerminalStep(step.state) || pendingGates === 0, `${says}, and ${pendingGates} of its gates are pending`);
  if (step.state === 'completed' || step.state === 'completed_with_warnings') {
    claim(newest?.state === step.state, `${says}, and its newest attempt is ${newest?.state}`);
  } else if (isTerminalStep(step.state) || step.state === 'needs_manual_attention') {
    claim((step.statusReason ?? newest?.summary ?? '') !== '', `${says}, and nothing says why`);
  }
  for (const attempt of attempts) problems.push(...unexplainedAttempt(attempt));
  return problems;
}

function unexplainedAttempt({ id, state, endedAtMs, failureClass, summary, salvage }: AttemptView): readonly string[] {
  if (isAttemptLive(state)) return endedAtMs === null ? [] : [`attempt ${id} is ${state} and has ended`];
  const hasFailed = state !== 'completed' && state !== 'completed_with_warnings';
  return [
    ...(endedAtMs === null ? [`attempt ${id} is ${state} and has no end`] : []),
    ...(hasFailed && failureClass === null ? [`attempt ${id} is ${state} without a class of failure`] : []),
    ...(summary === '' ? [`attempt ${id} is ${state} and does not say why`] : []),
    ...(salvage === null ? [`attempt ${id} does not say what became of its work`] : []),
  ];
}
