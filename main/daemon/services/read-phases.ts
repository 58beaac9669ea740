import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { PhaseId, RunId } from '../../../contract/ids.ts';
import type { PhaseRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { getRun } from './read-runs.ts';

interface OfRun {
  readonly runId: RunId;
}

/** In their declared order. */
export function listPhases(
  context: Pick<ServiceContext, 'store'>,
  { runId }: OfRun,
): Result<readonly PhaseRecord[], Refusal> {
  const run = getRun(context, { runId });
  return run.ok ? ok(context.store.phases.listOfRun(runId)) : run;
}

export function getPhase(
  context: Pick<ServiceContext, 'store'>,
  { runId, phaseId }: OfRun & { readonly phaseId: PhaseId },
): Result<PhaseRecord, Refusal> {
  const run = getRun(context, { runId });
  if (!run.ok) return run;
  const phase = context.store.phases.get(phaseId);
  if (phase?.runId === runId) return ok(phase);
  return err(refusal('not_found', `run ${runId} has no phase ${phaseId}`));
}
