import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { RunId } from '../../../contract/ids.ts';
import type { RunRecord, StopRequest } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalRun } from '../../../contract/run-state.ts';
import { isTerminalStep } from '../../../contract/step-state.ts';
import { countOpen } from '../domain/follow-run.ts';
import type { ServiceContext } from './context.ts';
import { isWorkedOn } from './is-worked-on.ts';
import { recordGatesWithdrawn, recordRunState, recordStepMove } from './ledger.ts';
import { getRun } from './read-runs.ts';

export interface AbortRunInput {
  readonly runId: RunId;
  readonly actor: string;
  readonly reason: string;
}

/**
 * Ends a run. The wish is recorded first, so that nothing new starts and a crash does not forget it; the run is
 * `cancelled` when nothing of it is alive any more. Whoever asks again waits with the first, whose reason counts.
 */
export async function abortRun(context: ServiceContext, input: AbortRunInput): Promise<Result<RunRecord, Refusal>> {
  const requested = requestAbort(context, input);
  if (!requested.ok) return requested;
  const { actor, reason } = input;
  await context.live.stop((attempt) => attempt.runId === input.runId, { reason: 'cancel', actor, why: reason });
  const run = finishAbort(context, input.runId);
  if (isTerminalRun(run.state)) return ok(run);
  const sentence = `run ${run.id} is being aborted, but a step of it could not be ended: the next start of the daemon will`;
  return err(refusal('internal', sentence));
}

function requestAbort(context: ServiceContext, input: AbortRunInput): Result<RunRecord, Refusal> {
  return context.store.transaction(() => {
    const run = getRun(context, input);
    if (!run.ok) return run;
    if (isTerminalRun(run.value.state)) {
      return err(refusal('state_conflict', `run is already terminal in state ${run.value.state}`));
    }
    const abortRequest: StopRequest = { actor: input.actor, reason: input.reason, atMs: context.clock() };
    const requested = { ...run.value, abortRequest: run.value.abortRequest ?? abortRequest };
    context.store.runs.save(requested);
    const { actor, reason } = input;
    context.store.events.append({ type: 'run.abort_requested', actor, runId: input.runId, payload: { reason } });
    cancelWaitingSteps(context, input);
    return ok(requested);
  });
}

/** Steps that nobody works on end here; those in flight end with their attempt. */
function cancelWaitingSteps(context: ServiceContext, { runId, actor, reason }: AbortRunInput): void {
  const why = reason === '' ? 'the run was aborted' : `the run was aborted: ${reason}`;
  for (const step of context.store.steps.listOfRun(runId)) {
    if (isTerminalStep(step.state) || isWorkedOn(context, step)) continue;
    recordGatesWithdrawn(context, step.id, { actor, reason: why });
    recordStepMove(context, step, { by: 'machine', to: 'cancelled', actor, reason: why });
  }
}

/**
 * Also recovery's way to finish an abort that a crash cut in two. The run stays as it is while a step is in flight, or
 * when nobody asked for its end.
 */
export function finishAbort(context: ServiceContext, runId: RunId): RunRecord {
  return context.store.transaction(() => {
    const run = context.store.runs.get(runId);
    if (run === null) throw new Error(`run ${runId} vanished while it was aborted`);
    if (isTerminalRun(run.state) || run.abortRequest === null) return run;
    const { actor, reason } = run.abortRequest;
    cancelWaitingSteps(context, { runId, actor, reason });
    if (countOpen(context.store.steps.tallyOfRun(runId)) > 0) return run;
    return recordRunState(context, run, { state: 'cancelled', actor, reason });
  });
}
