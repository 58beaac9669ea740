import { existsSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal } from '../../../contract/errors.ts';
import { CommitHash, type Provisioning, type SalvageRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { tryFile } from '../adapters/files/file-problem.ts';
import { createWorktree } from '../adapters/git/create-worktree.ts';
import { noteBrought } from '../adapters/git/note-brought.ts';
import { runInRepository } from '../adapters/git/repository.ts';
import { resolveBase } from '../adapters/git/resolve-base.ts';
import { restoreCommands } from '../adapters/git/salvage/restore-commands.ts';
import { salvageAgain } from '../adapters/git/salvage/salvage-again.ts';
import { salvageWorktree } from '../adapters/git/salvage/salvage-worktree.ts';
import type { Worktree } from '../adapters/git/worktree-record.ts';
import { provisionWorktree } from '../adapters/provisioning/provision.ts';
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
  worktreeIdOf,
  worktreePathOf,
} from './attempt-worktree.ts';
import { composeHookRunner } from './compose-hooks.ts';
import { type CreateRedactor, redactText } from './compose-redaction.ts';
import { findFurtherSecrets, findSecrets } from './find-secrets.ts';
import type { Place } from './open-place.ts';
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
    whereIs: (attempt, recordedPath) => {
      const own = worktreePathOf(worktrees, attempt);
      return existsSync(recordedPath) || !existsSync(own) ? recordedPath : own;
    },
    exists: (attempt) => mayHoldWork(worktrees, attempt),
    resolveBase: createRecentAnswers((ref: string | null) => resolve(worktrees, ref)),
    create: (attempt, base) => create(worktrees, attempt, base),
    provision: (attempt, run) => provision(worktrees, attempt, { ...run, createRedactor, processes }),
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
  base: CommitHash,
): Promise<Result<CreatedWorktree, Problem>> {
  const { repository, lock } = worktrees;
  const path = worktreePathOf(worktrees, place);
  const created = await createWorktree({ repository, lock, id: worktreeIdOf(place), path, base });
  if (!created.ok) return err({ sentence: created.error.message + (await nearlyFull(worktrees.workspaceRoot)) });
  await nameAttempt(created.value, place);
  const notes = repository.warnings.filter(({ code }) => code === 'lfs' || code === 'submodules');
  return ok({ path: created.value.path, notes: notes.map(({ message }) => message) });
}

const LOW_DISK_BYTES = 64 * 1024 ** 2;

/** Git does not say why it could not write a file. What it wrote before has been removed again. */
async function nearlyFull(folder: string): Promise<string> {
  const free = await tryFile('look at', folder, () => statfs(folder));
  if (!free.ok || free.value.bavail * free.value.bsize >= LOW_DISK_BYTES) return '';
  const freeMegabytes = (free.value.bavail * free.value.bsize) / 1024 ** 2;
  return ` (the disk is nearly full: ${freeMegabytes.toFixed(1)} MiB are free)`;
}

const HOOK_TIMEOUT_MS = 15 * 60_000;

type ProvisioningRun = Parameters<Workspaces['provision']>[1] & Pick<WorkspaceParts, 'createRedactor' | 'processes'>;

async function provision(
  worktrees: AttemptWorktrees,
  place: AttemptPlace,
  { env, mark, signal, createRedactor, processes }: ProvisioningRun,
): ReturnType<Workspaces['provision']> {
  const provisioning = await provisionWorktree({
    repoRoot: worktrees.repository.root,
    worktree: worktreePathOf(worktrees, place),
    environment: env,
    hookTimeoutMs: HOOK_TIMEOUT_MS,
    signal,
    clock: Date.now,
    redact: (text) => redactText(text, createRedactor()),
    runHook: composeHookRunner(processes, createRedactor, mark),
  });
  if (!provisioning.success) return err({ provisioning, sentence: provisioning.summary });
  const worktree = provisioning.log.length === 0 ? null : await findWorktree(worktrees, place);
  if (worktree?.ok) await setApart(worktrees, worktree.value, provisioning);
  return ok(provisioning);
}

/** What provisioning brought is not the executor's work; its own git is told to leave it out. */
async function setApart(
  { repository }: AttemptWorktrees,
  worktree: Worktree,
  { environmentFiles, symlinks }: Provisioning,
): Promise<void> {
  await noteBrought(repository, worktree);
  const patterns = [...environmentFiles, ...symlinks].map((path) => `/${path.replace(/[\\*?[\]!#\s]/g, '\\$&')}\n`);
  if (patterns.length > 0) await writeFile(shownExcludeFileOf(worktree), `${repository.excludes}${patterns.join('')}`);
}

/** For the executor: what it writes there does not decide what is its work. */
const shownExcludeFileOf = ({ privateDir }: Worktree): string => join(privateDir, 'exclude-for-executor');

/** It takes the place of the user's own patterns for every repository, which are part of it. */
async function excludingEnvironment(worktrees: AttemptWorktrees, place: AttemptPlace) {
  const worktree = await findWorktree(worktrees, place);
  if (!worktree.ok || !existsSync(shownExcludeFileOf(worktree.value))) return {};
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.excludesFile',
    GIT_CONFIG_VALUE_0: shownExcludeFileOf(worktree.value),
  };
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
