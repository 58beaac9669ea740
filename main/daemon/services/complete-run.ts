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
    const tally = context.store.steps.tallyOfRun(runId);
    const conflict = whyNot(run.value, countOpen(tally));
    if (conflict !== null) return err(refusal('state_conflict', `run ${runId} ${conflict}`));
    return ok(recordRunState(context, run.value, { state: endOfRun(tally), actor, reason: 'completed on request' }));
  });
}

function whyNot({ state, abortRequest }: RunRecord, open: number): string | null {
  if (isTerminalRun(state)) return `is already terminal in state ${state}`;
  if (abortRequest !== null) return 'is being aborted: it ends cancelled when nothing of it is alive';
  if (open === 0) return null;
  const steps = open === 1 ? 'step that has' : 'steps that have';
  return `has ${open} ${steps} not ended: wait for them, decide their gates, or abort the run`;
}
