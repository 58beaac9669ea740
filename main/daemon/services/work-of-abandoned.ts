import type { AttemptRecord, StepRecord, ValidationRecord } from '../../../contract/records.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { placeOf, recipeVariables } from './attempt-work.ts';
import { type Collection, collectAttempt } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import type { AddedVariables } from './ports/processes.ts';
import type { WorkedAttempt } from './worked-attempt.ts';

/**
 * What there is of an attempt that nobody goes on with, because its daemon was killed or a fault of ours broke it: its
 * processes are ended, its logs closed, its work saved. `end` says how its execution ended.
 */
export async function workOfAbandoned(
  context: ServiceContext,
  { attempt, step, end }: { readonly attempt: AttemptRecord; readonly step: StepRecord; readonly end: ExecutionEnd },
): Promise<WorkedAttempt> {
  const { collection, problems } = await collectLeftovers(context, attempt, recipeVariables(step));
  return {
    end,
    facts: {},
    provisioning: null,
    collection,
    validations: context.store.validations.listOfAttempt(attempt.id).map(closeValidation),
    evidenceProblems: problems,
    doubts: [],
    notes: [],
    judge: null,
  };
}

/** A validation that was cut short has no verdict of its own. */
const closeValidation = (row: ValidationRecord): ValidationRecord =>
  row.state === 'running' ? { ...row, state: 'errored', error: 'cut short: nobody saw how it ended' } : row;

/** The problems are those of the collection, too. */
export async function collectLeftovers(
  context: ServiceContext,
  attempt: AttemptRecord,
  secretsIn: AddedVariables,
): Promise<{ readonly collection: Collection | null; readonly problems: readonly string[] }> {
  const place = placeOf(attempt);
  const { problems } = await context.processes.stopMarked(attempt.mark);
  const evidence = await context.evidence.openAttempt(place);
  const sealed = evidence.ok ? await context.evidence.sealLogs(place) : evidence;
  const hasWorked = attempt.state !== 'dispatching' || (await context.workspaces.exists(place));
  const worktreePath = context.workspaces.whereIs(place, attempt.worktreePath);
  const cleared =
    hasWorked && evidence.ok
      ? await clearAway(context, attempt, { worktreePath, evidencePath: evidence.value.path })
      : [];
  const collection = hasWorked ? await collectAttempt(context, { place, worktreePath, secretsIn }) : null;
  const unsealed = sealed.ok ? [] : [sealed.error.sentence];
  return { collection, problems: [...(collection?.evidenceProblems ?? []), ...unsealed, ...cleared, ...problems] };
}

/** What an executor put into the worktree for itself is no work. */
const clearAway = async (
  { executors }: ServiceContext,
  { executor, isSimulation }: AttemptRecord,
  place: { readonly worktreePath: string; readonly evidencePath: string },
): Promise<readonly string[]> =>
  (await executors.find(executor, isSimulation ? 'simulation' : 'real')?.clearAway?.(place)) ?? [];
