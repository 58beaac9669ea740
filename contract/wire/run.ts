import { z } from 'zod';

import { ProjectId, RunId } from '../ids.ts';
import type { PhaseRecord, RunRecord } from '../records.ts';
import type { Result } from '../result.ts';
import type { RunCounts } from '../run-counts.ts';
import { RunState } from '../run-state.ts';
import { STEP_STATES, StepState } from '../step-state.ts';
import { decodeWith, wireObject, wireText, wireTextIfAny, wireTime } from './decode.ts';
import { textOrAbsent } from './encode-json.ts';
import { encodePhase, WirePhase } from './phase.ts';
import { decodeStopRequest, encodeStopRequest } from './stop-request.ts';
import { formatTime } from './time.ts';

/** A run with the phases that were asked for: only the answer to its creation carries them. */
export interface RunView {
  readonly run: RunRecord;
  readonly phases: readonly PhaseRecord[] | null;
  /** Only in lists that were asked for them. */
  readonly counts?: RunCounts;
}

export const encodeRun = ({ run, phases, counts }: RunView) => ({
  id: run.id,
  project_id: run.projectId,
  conversation_id: textOrAbsent(run.conversationId),
  planner_id: textOrAbsent(run.plannerId),
  executor_id: textOrAbsent(run.executorId),
  state: run.state,
  created_at: formatTime(run.createdAtMs),
  updated_at: formatTime(run.updatedAtMs),
  recovery_notes: run.recoveryNotes,
  Phases: phases?.map(encodePhase) ?? null,
  close_when_idle: run.closeWhenIdle,
  abort_request: encodeStopRequest(run.abortRequest),
  ...(counts === undefined
    ? {}
    : { step_counts: Object.fromEntries(counts.steps), gates_pending: counts.gatesPending }),
});

interface WireCounts {
  readonly step_counts?: Partial<Record<StepState, number>> | undefined;
  readonly gates_pending?: number | undefined;
}

export const WireRun = wireObject({
  id: RunId,
  project_id: ProjectId,
  conversation_id: wireTextIfAny,
  planner_id: wireTextIfAny,
  executor_id: wireTextIfAny,
  state: RunState,
  created_at: wireTime,
  updated_at: wireTime,
  recovery_notes: wireText,
  Phases: z.array(WirePhase).nullable().default(null),
  close_when_idle: z.boolean().default(false),
  abort_request: decodeStopRequest,
  step_counts: z
    .partialRecord(StepState, z.int())
    .optional()
    .meta({ description: 'How many steps are in each state, where there is one. With `include=counts`.' }),
  gates_pending: z.int().optional().meta({ description: 'How many gates of it wait. With `include=counts`.' }),
})
  .transform(
    (wire): RunView => ({
      run: {
        id: wire.id,
        projectId: wire.project_id,
        conversationId: wire.conversation_id,
        plannerId: wire.planner_id,
        executorId: wire.executor_id,
        state: wire.state,
        closeWhenIdle: wire.close_when_idle,
        abortRequest: wire.abort_request,
        recoveryNotes: wire.recovery_notes,
        createdAtMs: wire.created_at,
        updatedAtMs: wire.updated_at,
      },
      phases: wire.Phases,
      ...countsOf(wire),
    }),
  )
  .meta({ id: 'Run', description: 'What a planner follows. Only the answer to its creation carries phases.' });

function countsOf({ step_counts: steps, gates_pending: gatesPending }: WireCounts): { readonly counts?: RunCounts } {
  if (steps === undefined || gatesPending === undefined) return {};
  const states = STEP_STATES.flatMap((state) => (steps[state] === undefined ? [] : [[state, steps[state]] as const]));
  return { counts: { steps: new Map(states), gatesPending } };
}

export const decodeRun = (value: unknown): Result<RunView, string> => decodeWith(WireRun, value);
