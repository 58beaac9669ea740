import { type Refusal, refusal } from '../../../contract/errors.ts';
import { AttemptId } from '../../../contract/ids.ts';
import type { AttemptRecord, SalvageRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { placeOf } from './attempt-work.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { type ListRequest, parseCursor } from './list-filters.ts';
import { getAttempt } from './read-steps.ts';
import { scanByTime } from './scan-by-time.ts';
import type { ListPage } from './scan-list.ts';

export interface SalvageEntry {
  readonly attempt: AttemptRecord;
  readonly salvage: SalvageRecord;
  readonly restore: readonly string[];
  /** A sentence for each thing that is gone for good when this is released. */
  readonly lostOnRelease: readonly string[];
}

interface OfAttempt {
  readonly attemptId: AttemptId;
}

/** The newest attempts of which something is kept: a ref, a bundle or the worktree itself. */
export async function listSalvage(
  context: ServiceContext,
  request: Pick<ListRequest, 'after' | 'signal'> & { readonly limit?: number | undefined } = {},
): Promise<Result<ListPage<SalvageEntry, string>, Refusal>> {
  const before = parseCursor(request.after, (text) => AttemptId.safeParse(text).data);
  if (!before.ok) return before;
  const { rows, next } = await scanByTime({
    read: (from, limit) => context.store.attempts.listWithSalvage({ limit, before: from }),
    keeps: isAnythingKept,
    after: before.value,
    limit: request.limit ?? 100,
    signal: request.signal,
  });
  const entries = rows.flatMap((attempt) => entryOf(context, attempt) ?? []);
  return ok({ rows: entries, next });
}

const isAnythingKept = ({ salvage }: AttemptRecord): boolean =>
  salvage !== null && (salvage.refs.length > 0 || salvage.bundles.length > 0 || salvage.keptWorktree !== null);

/** Null while the attempt is alive. */
function entryOf({ workspaces }: ServiceContext, attempt: AttemptRecord): SalvageEntry | null {
  const { salvage } = attempt;
  if (salvage === null) return null;
  const restore = workspaces.restoreCommands(placeOf(attempt), salvage);
  return { attempt, salvage, restore, lostOnRelease: lossesOf(salvage) };
}

/** Bundles are files of evidence: they stay. */
function lossesOf({ refs, keptWorktree }: SalvageRecord): readonly string[] {
  const gone = refs.map(({ name, commit }) => `${name} goes: git removes of ${commit} what nothing else leads to`);
  return keptWorktree === null ? gone : [...gone, `the folder ${keptWorktree} goes, with everything that is in it`];
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
