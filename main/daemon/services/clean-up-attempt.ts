import type { AttemptRecord } from '../../../contract/records.ts';
import { placeOf } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { persist } from './persist.ts';

/**
 * Removes the worktree of an attempt that has ended, now that its work is referenced, and its temporary files. If the
 * worktree cannot go, or the record says that it stays, the record says so. The value tells whether it is gone.
 */
export async function cleanUpAttempt(context: ServiceContext, ended: AttemptRecord): Promise<boolean> {
  await removeTemporaryFiles(context, ended);
  const { salvage } = ended;
  if (salvage === null || salvage.keptWorktree !== null) return false;
  const removed = await context.workspaces.remove(placeOf(ended), salvage);
  if (!removed.ok) await persist(context, () => recordKept(context, ended.id, removed.error.sentence));
  return removed.ok;
}

/** What stays nevertheless is for the next daemon to remove. */
export async function removeTemporaryFiles(
  { processes, log }: ServiceContext,
  { id, mark }: Pick<AttemptRecord, 'id' | 'mark'>,
): Promise<void> {
  const removed = await processes.removeTemporary(mark);
  if (!removed.ok) log('warn', removed.error.sentence, { attempt: id });
}

function recordKept({ store }: ServiceContext, attemptId: AttemptRecord['id'], reason: string): void {
  store.transaction(() => {
    const attempt = store.attempts.get(attemptId);
    if (attempt === null || attempt.salvage === null) return;
    const { worktreePath } = attempt;
    store.attempts.save({ ...attempt, salvage: { ...attempt.salvage, keptWorktree: worktreePath } });
    const payload = { path: worktreePath, reason };
    store.events.append({ type: 'attempt.worktree_kept', actor: 'daemon', ...placeOf(attempt), payload });
  });
}
