import type { AttemptRecord } from '../../../contract/records.ts';
import { type Held, placeOf, readHeld } from './attempt-work.ts';
import { removeTemporaryFiles } from './clean-up-attempt.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { recordAttempt, recordRunFollows, recordStepMove } from './ledger.ts';
import { persist } from './persist.ts';

/**
 * The last resort when a fault of ours broke off the finishing of an attempt: the attempt ends, its worktree stays as it
 * is, and a person is asked to look. Nothing is changed when it had been settled before the fault. Throws `LeaseLost`.
 */
export async function endBrokenAttempt(context: ServiceContext, held: Held, error: unknown): Promise<void> {
  context.log('error', 'an attempt could not be finished', { attempt: held.attemptId, error });
  const attempt = context.store.attempts.get(held.attemptId);
  if (attempt === null || attempt.endedAtMs !== null) return;
  const hasWorktree = await context.workspaces.exists(placeOf(attempt)).catch(() => true); // what cannot be told stays
  const salvage = nothingSalvaged(hasWorktree ? attempt.worktreePath : null);
  const summary = `internal error: ${error instanceof Error ? error.message : String(error)}`;
  await persist(context, () => context.store.transaction(() => recordBroken(context, held, { summary, salvage })));
  await removeTemporaryFiles(context, attempt);
}

function recordBroken(
  context: ServiceContext,
  held: Held,
  { summary, salvage }: Pick<AttemptRecord, 'summary' | 'salvage'>,
): void {
  const { store } = context;
  const { attempt, step } = readHeld(context, held);
  const ended: AttemptRecord = {
    ...attempt,
    state: 'failed_bridge',
    failureClass: 'evidence_failed',
    summary,
    salvage,
    endedAtMs: context.clock(),
  };
  recordAttempt(context, ended, 'attempt.ended');
  store.leases.remove(attempt.id, held.fence);
  recordStepMove(context, step, { by: 'machine', to: 'needs_manual_attention', actor: 'daemon', reason: summary });
  recordRunFollows(context, step.runId, 'daemon');
}
