import type { SalvageRecord } from '../../../contract/records.ts';
import { type AttemptWork, recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { AttemptPlace } from './ports/attempt-place.ts';
import type { AddedVariables } from './ports/processes.ts';
import type { SalvagedWork } from './ports/workspaces.ts';

/** What was kept of an attempt's work, and what could not be. */
export interface Collection {
  readonly work: SalvagedWork;
  readonly evidenceProblems: readonly string[];
  readonly warnings: readonly string[];
}

/** Where an attempt worked. */
interface Workplace {
  readonly place: AttemptPlace;
  readonly worktreePath: string;
  readonly secretsIn: AddedVariables;
}

/** Saves everything that the attempt made. What cannot be saved keeps the worktree, and is said. */
export async function collectAttempt(context: ServiceContext, work: Workplace): Promise<Collection> {
  const evidence = await context.evidence.openAttempt(work.place);
  if (!evidence.ok) return unsaved(work, evidence.error.sentence);
  const salvaged = await context.workspaces.salvage(work.place, work.secretsIn);
  if (!salvaged.ok) return unsaved(work, salvaged.error.sentence);
  const { losses, overLimit, isFolderGone } = salvaged.value;
  return {
    work: salvaged.value,
    evidenceProblems: [
      ...(isFolderGone ? [`${work.worktreePath} was gone before its work was saved, except for commits`] : []),
      ...losses.map((loss) => `could not be saved and stays in ${work.worktreePath}: ${loss}`),
    ],
    warnings: overLimit.length === 0 ? [] : [overLimitWarning(work, overLimit)],
  };
}

const overLimitWarning = ({ worktreePath }: Workplace, paths: readonly string[]): string =>
  `${paths.length} ignored files exceed the salvage limits and stay in ${worktreePath}: ${paths.slice(0, 5).join(', ')}`;

/** The record of an attempt of which nothing is kept, unless it is the worktree itself. */
export const nothingSalvaged = (keptWorktree: string | null): SalvageRecord => ({
  treeCommit: null,
  ignoredCommit: null,
  refs: [],
  bundles: [],
  innerWorktrees: [],
  cachesListed: [],
  notSaved: [],
  keptWorktree,
  containsSecret: false,
});

function unsaved({ worktreePath }: Workplace, sentence: string): Collection {
  return {
    work: {
      record: nothingSalvaged(worktreePath),
      filesChanged: [],
      touchedPaths: [],
      losses: [sentence],
      hasBinaryChanges: false,
      isFolderGone: false,
      overLimit: [],
    },
    evidenceProblems: [`the work could not be saved and stays in ${worktreePath}: ${sentence}`],
    warnings: [],
  };
}

/** Saves what validations changed in the tree, if they changed it. */
export async function collectAfterValidations(
  context: ServiceContext,
  { work, collection }: { readonly work: AttemptWork; readonly collection: Collection },
): Promise<Collection> {
  const secretsIn = recipeVariables(work.step);
  const changed = await context.workspaces.salvageAfterValidations(work.place, collection.work.record, secretsIn);
  if (!changed.ok) {
    const problem = `what validations changed could not be saved: ${changed.error.sentence}`;
    const record = { ...collection.work.record, keptWorktree: work.worktreePath };
    return {
      ...collection,
      work: { ...collection.work, record },
      evidenceProblems: [...collection.evidenceProblems, problem],
    };
  }
  if (changed.value === null) return collection;
  const warning = 'validations changed the worktree; the change is kept in a commit of its own, outside the diff';
  return {
    ...collection,
    work: { ...collection.work, record: changed.value },
    warnings: [...collection.warnings, warning],
  };
}
