import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { RunId } from '../../../contract/ids.ts';
import type { RunRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalRun } from '../../../contract/run-state.ts';
import { countOpen, endOfRun } from '../domain/follow-run.ts';
import type { ServiceContext } from './context.ts';
import { recordRunState } from './ledger.ts';
import { getRun } from './read-runs.ts';

/** Closes a run whose steps have all ended: `failed` if one that it requires failed, `completed` otherwise. */
export function completeRun(
  context: ServiceContext,
  { runId, actor }: { readonly runId: RunId; readonly actor: string },
): Result<RunRecord, Refusal> {
  return context.store.transaction(() => {
    const run = getRun(context, { runId });
    if (!run.ok) return run;
    if (isTerminalRun(run.value.state)) {
      return err(refusal('state_conflict', `run ${runId} is already terminal in state ${run.value.state}`));
    }
    const tally = context.store.steps.tallyOfRun(runId);
    const open = countOpen(tally);
    if (open > 0) {
      const sentence = `run ${runId} has ${open} ${open === 1 ? 'step that has' : 'steps that have'} not ended: wait for them, decide their gates, or abort the run`;
      return err(refusal('state_conflict', sentence));
    }
    return ok(recordRunState(context, run.value, { state: endOfRun(tally), actor, reason: 'completed on request' }));
  });
}
