import { z } from 'zod';

import { PhaseId, RunId, StepId } from '../ids.ts';
import type { StepRecord } from '../records.ts';
import type { Result } from '../result.ts';
import { StepState } from '../step-state.ts';
import type { EpochMs } from '../time.ts';
import { decodeWith, wireListIfAny, wireObject, wireText, wireTextIfAny, wireTime, wireTimeOrNull } from './decode.ts';
import { listOrAbsent, textOrAbsent } from './encode-json.ts';
import { formatTime, formatTimeOrNull } from './time.ts';

/** What the wire tells about a step: the task itself stays in the record and in `normalized-task.json`. */
export interface StepView {
  readonly id: StepId;
  readonly runId: RunId;
  readonly phaseId: PhaseId;
  readonly title: string;
  readonly goal: string;
  readonly state: StepState;
  readonly statusReason: string;
  readonly policy: string;
  /** As it was asked for; empty when the default was meant. `executor` is what it became. */
  readonly requestedExecutor: string;
  readonly executor: string;
  readonly timeoutSeconds: number | null;
  readonly validations: readonly { readonly name: string; readonly command: string }[];
  readonly isRequired: boolean;
  readonly submission: number;
  readonly priority: number;
  readonly attemptsUsed: number;
  readonly enqueuedAtMs: EpochMs;
  readonly notBeforeMs: EpochMs | null;
  readonly createdAtMs: EpochMs;
  readonly updatedAtMs: EpochMs;
}

export const viewStep = ({ spec, ...step }: StepRecord): StepView => ({
  id: step.id,
  runId: step.runId,
  phaseId: step.phaseId,
  title: spec.title,
  goal: spec.goal,
  state: step.state,
  statusReason: step.statusReason,
  policy: spec.policyBundle,
  requestedExecutor: spec.adapterProfile,
  executor: step.executor,
  timeoutSeconds: spec.timeoutSeconds ?? null,
  validations: spec.validations.map(({ name, command }) => ({ name, command })),
  isRequired: step.isRequired,
  submission: step.submission,
  priority: step.priority,
  attemptsUsed: step.attemptsUsed,
  enqueuedAtMs: step.enqueuedAtMs,
  notBeforeMs: step.notBeforeMs,
  createdAtMs: step.createdAtMs,
  updatedAtMs: step.updatedAtMs,
});

export const encodeStep = (step: StepView) => ({
  id: step.id,
  phase_id: step.phaseId,
  title: step.title,
  goal: step.goal,
  state: step.state,
  policy: step.policy,
  adapter: step.requestedExecutor,
  timeout_seconds: step.timeoutSeconds ?? 0,
  validations: listOrAbsent(step.validations),
  status_reason: textOrAbsent(step.statusReason),
  created_at: formatTime(step.createdAtMs),
  updated_at: formatTime(step.updatedAtMs),
  run_id: step.runId,
  executor: step.executor,
  required: step.isRequired,
  submission: step.submission,
  priority: step.priority,
  attempts_used: step.attemptsUsed,
  enqueued_at: formatTime(step.enqueuedAtMs),
  not_before: formatTimeOrNull(step.notBeforeMs),
});

/** A step as it stands in the record, ready to be sent. */
export const encodeStepRecord = (step: StepRecord) => encodeStep(viewStep(step));

export const WireStep = wireObject({
  id: StepId,
  phase_id: PhaseId,
  title: wireText,
  goal: wireText,
  state: StepState,
  policy: wireText,
  adapter: wireText,
  timeout_seconds: z.int().default(0),
  validations: wireListIfAny(wireObject({ name: wireText, command: wireText })),
  status_reason: wireTextIfAny,
  created_at: wireTime,
  updated_at: wireTime,
  run_id: RunId,
  executor: wireText,
  required: z.boolean().default(true),
  submission: z.int().default(1),
  priority: z.int().default(0),
  attempts_used: z.int().default(0),
  enqueued_at: wireTime,
  not_before: wireTimeOrNull,
})
  .transform(
    (wire): StepView => ({
      id: wire.id,
      runId: wire.run_id,
      phaseId: wire.phase_id,
      title: wire.title,
      goal: wire.goal,
      state: wire.state,
      statusReason: wire.status_reason,
      policy: wire.policy,
      requestedExecutor: wire.adapter,
      executor: wire.executor,
      timeoutSeconds: wire.timeout_seconds > 0 ? wire.timeout_seconds : null,
      validations: wire.validations,
      isRequired: wire.required,
      submission: wire.submission,
      priority: wire.priority,
      attemptsUsed: wire.attempts_used,
      enqueuedAtMs: wire.enqueued_at,
      notBeforeMs: wire.not_before,
      createdAtMs: wire.created_at,
      updatedAtMs: wire.updated_at,
    }),
  )
  .meta({ id: 'Step', description: 'One submitted task with one authoritative state.' });

export const decodeStep = (value: unknown): Result<StepView, string> => decodeWith(WireStep, value);
