import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId } from '../../../contract/ids.ts';
import type { AttemptRecord, SalvageRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { placeOf } from './attempt-work.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { getAttempt } from './read-steps.ts';

export interface SalvageEntry {
  readonly attempt: AttemptRecord;
  readonly salvage: SalvageRecord;
  readonly restore: readonly string[];
}

interface OfAttempt {
  readonly attemptId: AttemptId;
}

/** Everything that is kept, newest first. */
export const listSalvage = (context: ServiceContext, { limit = 100 }: { readonly limit?: number } = {}) =>
  context.store.attempts.listWithSalvage({ limit }).flatMap((attempt) => entryOf(context, attempt));

const entryOf = (context: ServiceContext, attempt: AttemptRecord): SalvageEntry[] =>
  attempt.salvage === null
    ? []
    : [
        {
          attempt,
          salvage: attempt.salvage,
          restore: context.workspaces.restoreCommands(placeOf(attempt), attempt.salvage),
        },
      ];

export function showSalvage(context: ServiceContext, input: OfAttempt): Result<SalvageEntry, Refusal> {
  const attempt = getAttempt(context, input);
  if (!attempt.ok) return attempt;
  const [entry] = entryOf(context, attempt.value);
  return entry === undefined
    ? err(refusal('not_found', `attempt ${input.attemptId} has not ended: nothing of it is kept yet`))
    : ok(entry);
}

/** Lets go of what is kept of an attempt. The record says who did it and what it was. */
export async function releaseSalvage(
  context: ServiceContext,
  input: OfAttempt & { readonly actor: string },
): Promise<Result<SalvageEntry, Refusal>> {
  const entry = showSalvage(context, input);
  if (!entry.ok) return entry;
  const released = await context.workspaces.release(placeOf(entry.value.attempt), entry.value.salvage);
  if (!released.ok) return err(refusal(released.error.code ?? 'internal', released.error.sentence));
  context.store.transaction(() => {
    const { attempt, salvage } = entry.value;
    context.store.attempts.save({ ...attempt, salvage: nothingSalvaged(null) });
    context.store.events.append({
      type: 'salvage.released',
      actor: input.actor,
      ...placeOf(attempt),
      payload: { refs: salvage.refs, bundles: salvage.bundles, kept_worktree: salvage.keptWorktree },
    });
  });
  return entry;
}
