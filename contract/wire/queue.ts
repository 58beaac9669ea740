import { z } from 'zod';

import { AttemptState } from '../attempt-state.ts';
import { AttemptId, GateId, PhaseId, RunId, StepId } from '../ids.ts';
import type { AttemptRecord, StepRecord } from '../records.ts';
import { StepState } from '../step-state.ts';
import { formatTime, formatTimeOrNull } from './time.ts';

/** What runs and what waits. */
export interface QueueView {
  readonly slots: number;
  readonly slotsUsed: number;
  readonly running: readonly { readonly attempt: AttemptRecord; readonly step: StepRecord | null }[];
  readonly tally: {
    readonly gate: number;
    readonly run: number;
    readonly notBefore: number;
    readonly eligible: number;
  };
  readonly waiting: readonly {
    readonly step: StepRecord;
    readonly blockedBy: 'gate' | 'run' | 'not_before' | 'slot' | null;
    readonly gates: readonly GateId[];
  }[];
}

export const encodeQueue = ({ slots, slotsUsed, running, tally, waiting }: QueueView) => ({
  slots,
  slots_used: slotsUsed,
  running: running.map(({ attempt, step }) => ({
    step_id: attempt.stepId,
    run_id: attempt.runId,
    attempt_id: attempt.id,
    title: step?.spec.title ?? '',
    executor: attempt.executor,
    state: attempt.state,
    step_state: step?.state ?? null,
    started_at: formatTimeOrNull(attempt.startedAtMs),
    created_at: formatTime(attempt.createdAtMs),
  })),
  waiting_total: tally.gate + tally.run + tally.notBefore + tally.eligible,
  waiting_for: { gate: tally.gate, run: tally.run, not_before: tally.notBefore, slot: tally.eligible },
  waiting: waiting.map(({ step, blockedBy, gates }) => ({
    step_id: step.id,
    run_id: step.runId,
    phase_id: step.phaseId,
    title: step.spec.title,
    executor: step.executor,
    priority: step.priority,
    attempts_used: step.attemptsUsed,
    enqueued_at: formatTime(step.enqueuedAtMs),
    not_before: formatTimeOrNull(step.notBeforeMs),
    blocked_reason: blockedBy,
    status_reason: step.statusReason,
    gates,
  })),
});

const Time = z.string().meta({ format: 'date-time' });
const BlockedReason = z.enum(['gate', 'run', 'not_before', 'slot']);

export const WireQueue = z
  .object({
    slots: z.int().meta({ description: 'How many attempts run at the same time.' }),
    slots_used: z.int(),
    running: z.array(
      z.object({
        step_id: StepId,
        run_id: RunId,
        attempt_id: AttemptId,
        title: z.string(),
        executor: z.string(),
        state: AttemptState,
        step_state: StepState.nullable().meta({
          description: 'Where its step stands, which may wait for an answer; null: its row cannot be read.',
        }),
        started_at: Time.nullable(),
        created_at: Time,
      }),
    ),
    waiting_total: z.int(),
    waiting_for: z.object({ gate: z.int(), run: z.int(), not_before: z.int(), slot: z.int() }).meta({
      description: 'How many wait for what, of all pages. `slot` counts what may start, also when one is free.',
    }),
    waiting: z.array(
      z.object({
        step_id: StepId,
        run_id: RunId,
        phase_id: PhaseId,
        title: z.string(),
        executor: z.string(),
        priority: z.int(),
        attempts_used: z.int(),
        enqueued_at: Time,
        not_before: Time.nullable(),
        blocked_reason: BlockedReason.nullable().meta({ description: 'Null: it is about to start.' }),
        status_reason: z.string(),
        gates: z.array(GateId),
      }),
    ),
  })
  .meta({ id: 'Queue', description: 'What runs, and what waits in the order in which it starts.' });
