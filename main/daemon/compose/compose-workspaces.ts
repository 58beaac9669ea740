import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { refusal } from '../../../contract/errors.ts';
import { CommitHash, type SalvageRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { pathNames } from '../adapters/files/path-names.ts';
import { pathWithin } from '../adapters/files/path-within.ts';
import { createWorktree } from '../adapters/git/create-worktree.ts';
import { runInRepository } from '../adapters/git/repository.ts';
import { resolveBase } from '../adapters/git/resolve-base.ts';
import { restoreCommands } from '../adapters/git/salvage/restore-commands.ts';
import { salvageAgain } from '../adapters/git/salvage/salvage-again.ts';
import { salvageWorktree } from '../adapters/git/salvage/salvage-worktree.ts';
import type { Redactor } from '../domain/redaction/redactor.ts';
import type { AttemptPlace } from '../services/ports/attempt-place.ts';
import type { Problem } from '../services/ports/problem.ts';
import type { Processes } from '../services/ports/processes.ts';
import type { CreatedWorktree, SalvagedWork, Workspaces } from '../services/ports/workspaces.ts';
import {
  type AttemptWorktrees,
  findWorktree,
  listAttempts,
  mayHoldWork,
  nameAttempt,
  openAttemptWorktrees,
  removeAttemptWorktree,
  salvageRequest,
  whoIsAt,
  worktreeIdOf,
  worktreePathOf,
} from './attempt-worktree.ts';
import type { CreateRedactor } from './compose-redaction.ts';
import { findFurtherSecrets, findSecrets } from './find-secrets.ts';
import { fullDiskHint } from './full-disk-hint.ts';
import type { Place } from './open-place.ts';
import { excludingEnvironment, provisionAttempt } from './provision-attempt.ts';
import { createRecentAnswers } from './recent-answers.ts';
import { recordFurtherSalvage, salvagedWork } from './salvage-record.ts';

export interface WorkspaceParts {
  readonly place: Pick<Place, 'config' | 'repository' | 'store'>;
  readonly createRedactor: CreateRedactor;
  readonly processes: Processes;
}

export function composeWorkspaces({ place, createRedactor, processes }: WorkspaceParts): Workspaces {
  const worktrees = openAttemptWorktrees(place);
  return {
    pathOf: (attempt) => worktreePathOf(worktrees, attempt),
    pathAgain: (recordedPath) => join(worktrees.workspaceRoot, basename(recordedPath)),
    whereIs: (attempt, recordedPath) => {
      const own = worktreePathOf(worktrees, attempt);
      return existsSync(recordedPath) || !existsSync(own) ? recordedPath : own;
    },
    pathWithin,
    pathNames,
    exists: (attempt) => mayHoldWork(worktrees, attempt),
    resolveBase: createRecentAnswers((ref: string | null) => resolve(worktrees, ref)),
    create: (attempt, base, work) => create(worktrees, attempt, { base, work }),
    provision: (attempt, run) => provisionAttempt(worktrees, attempt, { ...run, createRedactor, processes }),
    environment: (attempt) => excludingEnvironment(worktrees, attempt),
    salvage: (attempt, secretsIn) => salvage(worktrees, attempt, () => createRedactor(secretsIn)),
    salvageAfterValidations: (attempt, earlier, secretsIn) =>
      salvageFurther(worktrees, attempt, { earlier, createRedactor: () => createRedactor(secretsIn) }),
    remove: (attempt, { keptWorktree, ...saved }) =>
      removeAttemptWorktree(worktrees, attempt, {
        kind: 'salvaged',
        salvage: { ...saved, keepWorktree: keptWorktree !== null },
      }),
    list: () => listAttempts(worktrees),
    release: (attempt, record) => release(worktrees, attempt, record),
    restoreCommands: (attempt, record) => restore(worktrees, attempt, record),
  };
}

async function resolve({ repository }: AttemptWorktrees, ref: string | null) {
  const base = await resolveBase(repository, ref);
  if (!base.ok) {
    return err(refusal(base.error.code === 'base_unknown' ? 'internal' : 'base_not_found', base.error.message));
  }
  const commit = CommitHash.safeParse(base.value);
  return commit.success ? ok(commit.data) : err(refusal('base_not_found', `${ref} does not name one commit`));
}

async function create(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
  { base, work }: { readonly base: CommitHash; readonly work: CommitHash | null },
): Promise<Result<CreatedWorktree, Problem>> {
  const { repository, lock } = worktrees;
  const path = worktreePathOf(worktrees, place);
  const holder = basename(path) === worktreeIdOf(place) ? null : await whoIsAt(worktrees, path);
  if (holder !== null) return err({ sentence: `${path} still belongs to attempt ${holder.id}` });
  const created = await createWorktree({ repository, lock, id: worktreeIdOf(place), path, base, work });
  if (!created.ok) return err({ sentence: created.error.message + (await fullDiskHint(worktrees.workspaceRoot)) });
  await nameAttempt(created.value, place);
  const notes = repository.warnings.filter(({ code }) => code === 'lfs' || code === 'submodules');
  return ok({ path: created.value.path, notes: notes.map(({ message }) => message) });
}

async function salvage(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
  createRedactor: () => Redactor,
): Promise<Result<SalvagedWork, Problem>> {
  const worktree = await findWorktree(worktrees, place);
  if (!worktree.ok) return worktree;
  const isFolderGone = !existsSync(worktree.value.path);
  const salvaged = await salvageWorktree(salvageRequest(worktrees, place, worktree.value));
  if (!salvaged.ok) return err({ sentence: salvaged.error.message });
  const containsSecret = await findSecrets({ repository: worktrees.repository, createRedactor }, salvaged.value);
  return ok(salvagedWork(salvaged.value, { worktreePath: worktree.value.path, isFolderGone, containsSecret }));
}

async function salvageFurther(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
  { earlier, createRedactor }: { readonly earlier: SalvageRecord; readonly createRedactor: () => Redactor },
): Promise<Result<SalvageRecord | null, Problem>> {
  const worktree = await findWorktree(worktrees, place);
  if (!worktree.ok) return worktree;
  const previous = { head: earlier.treeCommit ?? worktree.value.base, refs: earlier.refs, bundles: [] };
  const further = await salvageAgain({ ...salvageRequest(worktrees, place, worktree.value), previous });
  if (!further.ok) return err({ sentence: further.error.message });
  const record = recordFurtherSalvage(earlier, further.value, worktree.value.path);
  if (record === null) return ok(null);
  const search = { repository: worktrees.repository, createRedactor };
  const { base } = worktree.value;
  const containsSecret = earlier.containsSecret || (await findFurtherSecrets(search, { base, earlier, record }));
  return ok({ ...record, containsSecret });
}

/** The worktree first: while somebody is in it nothing is let go of. */
async function release(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
  { refs, keptWorktree }: SalvageRecord,
): Promise<Result<void, Problem>> {
  if (keptWorktree !== null) {
    const removed = await removeAttemptWorktree(worktrees, place, { kind: 'released' });
    if (!removed.ok) return removed;
  }
  const input = refs.map(({ name, commit }) => `delete ${name} ${commit}\n`).join('');
  if (input === '') return ok(undefined);
  const deleted = await runInRepository(worktrees.repository, { args: ['update-ref', '--no-deref', '--stdin'], input });
  return deleted.ok ? ok(undefined) : err({ sentence: deleted.error.message });
}

const restore = ({ repository }: AttemptWorktrees, place: AttemptPlace, record: SalvageRecord): readonly string[] =>
  restoreCommands({
    repositoryRoot: repository.root,
    target: `${repository.root}-${worktreeIdOf(place)}`,
    salvage: record,
  });
