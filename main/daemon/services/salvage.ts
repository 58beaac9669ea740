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

const PAGE = 200;

/** The newest attempts of which something is kept: a ref, a bundle or the worktree itself. */
export async function listSalvage(
  context: ServiceContext,
  { limit = 100 }: { readonly limit?: number } = {},
): Promise<readonly SalvageEntry[]> {
  const entries: SalvageEntry[] = [];
  for (let before: AttemptRecord | undefined; ; ) {
    const page = context.store.attempts.listWithSalvage({ limit: PAGE, before });
    entries.push(...page.flatMap((attempt) => entryOf(context, attempt) ?? []).filter(isAnythingKept));
    if (entries.length >= limit || page.length < PAGE) return entries.slice(0, limit);
    before = page.at(-1);
    await new Promise((resolve) => setImmediate(resolve)); // others get a turn between pages
  }
}

const isAnythingKept = ({ salvage }: SalvageEntry): boolean =>
  salvage.refs.length > 0 || salvage.bundles.length > 0 || salvage.keptWorktree !== null;

/** Null while the attempt is alive. */
function entryOf({ workspaces }: ServiceContext, attempt: AttemptRecord): SalvageEntry | null {
  const { salvage } = attempt;
  if (salvage === null) return null;
  return { attempt, salvage, restore: workspaces.restoreCommands(placeOf(attempt), salvage) };
}

export function showSalvage(context: ServiceContext, input: OfAttempt): Result<SalvageEntry, Refusal> {
  const attempt = getAttempt(context, input);
  if (!attempt.ok) return attempt;
  const entry = entryOf(context, attempt.value);
  return entry === null
    ? err(refusal('not_found', `attempt ${input.attemptId} has not ended: nothing of it is kept yet`))
    : ok(entry);
}

/** Lets go of what is kept of an attempt: there is no way back. The record says who did it and what it was. */
export async function releaseSalvage(
  context: ServiceContext,
  input: OfAttempt & { readonly actor: string },
): Promise<Result<SalvageEntry, Refusal>> {
  const entry = showSalvage(context, input);
  if (!entry.ok) return entry;
  const released = await context.workspaces.release(placeOf(entry.value.attempt), entry.value.salvage);
  if (!released.ok) return err(refusal(released.error.code ?? 'internal', released.error.sentence));
  recordRelease(context, entry.value, input.actor);
  return entry;
}

/** The row as it is now: the attempt may have changed while its refs went. */
function recordRelease(context: ServiceContext, { attempt, salvage }: SalvageEntry, actor: string): void {
  const { store } = context;
  store.transaction(() => {
    const present = store.attempts.get(attempt.id) ?? attempt;
    store.attempts.save({ ...present, salvage: nothingSalvaged(null) });
    store.events.append({
      type: 'salvage.released',
      actor,
      ...placeOf(attempt),
      payload: { refs: salvage.refs, bundles: salvage.bundles, kept_worktree: salvage.keptWorktree },
    });
  });
}
