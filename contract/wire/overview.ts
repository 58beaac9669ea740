import { z } from 'zod';

import { AttemptState } from '../attempt-state.ts';
import { AttemptId, RunId, StepId } from '../ids.ts';
import type { LastAudit } from '../last-audit.ts';
import type { AttemptRecord, StepRecord } from '../records.ts';
import { RunState } from '../run-state.ts';
import { StepState } from '../step-state.ts';
import { formatTime, formatTimeOrNull } from './time.ts';

/** How everything stands, in one look. */
export interface OverviewView {
  readonly cursor: number;
  readonly gates: { readonly count: number; readonly oldestCreatedAtMs: number | null };
  readonly runs: ReadonlyMap<RunState, number>;
  readonly steps: ReadonlyMap<StepState, number>;
  readonly keptWorktrees: number;
  readonly setAside: number;
  readonly audit: LastAudit | null;
  readonly running: readonly {
    readonly attempt: AttemptRecord;
    readonly step: StepRecord | null;
    readonly lastLine: string | null;
  }[];
}

export const encodeOverview = ({ cursor, gates, runs, steps, audit, running, ...counts }: OverviewView) => ({
  cursor,
  gates_pending: gates.count,
  gates_oldest_at: formatTimeOrNull(gates.oldestCreatedAtMs),
  runs: Object.fromEntries(runs),
  steps: Object.fromEntries(steps),
  waiting_count: steps.get('pending') ?? 0,
  kept_worktrees: counts.keptWorktrees,
  set_aside: counts.setAside,
  audit:
    audit === null
      ? null
      : {
          at: formatTime(audit.atMs),
          ok: audit.ok,
          events: audit.events,
          artifacts: audit.artifacts,
          problems: audit.problems,
        },
  running: running.map(({ attempt, step, lastLine }) => ({
    step_id: attempt.stepId,
    run_id: attempt.runId,
    attempt_id: attempt.id,
    attempt_number: attempt.number,
    title: step?.spec.title ?? '',
    state: step?.state ?? null,
    attempt_state: attempt.state,
    executor: attempt.executor,
    started_at: formatTimeOrNull(attempt.startedAtMs),
    created_at: formatTime(attempt.createdAtMs),
    last_line: lastLine,
  })),
});

const Time = z.string().meta({ format: 'date-time' });

export const WireOverview = z
  .object({
    cursor: z.int().meta({ description: 'The number of the last event that is in it: events after it change it.' }),
    gates_pending: z.int(),
    gates_oldest_at: Time.nullable().meta({ description: 'Since when the one that has waited longest waits.' }),
    runs: z.record(RunState, z.int()).meta({ description: 'How many runs are in each state.' }),
    steps: z.record(StepState, z.int()).meta({ description: 'How many steps are in each state.' }),
    waiting_count: z.int().meta({ description: 'How many steps have yet to start.' }),
    kept_worktrees: z.int().meta({ description: 'Worktrees that stay on disk with what could not be saved.' }),
    set_aside: z.int().meta({ description: 'Rows of the record that could not be read.' }),
    audit: z
      .object({ at: Time, ok: z.boolean(), events: z.int(), artifacts: z.int(), problems: z.int() })
      .nullable()
      .meta({ description: 'What the last check of the whole record found; null: it was never checked.' }),
    running: z
      .array(
        z.object({
          step_id: StepId,
          run_id: RunId,
          attempt_id: AttemptId,
          attempt_number: z.int(),
          title: z.string(),
          state: StepState.nullable().meta({ description: 'Of the step; null when it cannot be read.' }),
          attempt_state: AttemptState,
          executor: z.string(),
          started_at: Time.nullable(),
          created_at: Time,
          last_line: z.string().nullable().meta({ description: 'What was told of it last, on one line.' }),
        }),
      )
      .meta({ description: 'What is worked on, oldest first; at most twenty.' }),
  })
  .meta({ id: 'Overview', description: 'How everything stands, in one look.' });
