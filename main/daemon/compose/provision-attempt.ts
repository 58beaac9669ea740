import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provisioning } from '../../../contract/records.ts';
import { err, ok } from '../../../contract/result.ts';
import { noteBrought } from '../adapters/git/note-brought.ts';
import type { Worktree } from '../adapters/git/worktree-record.ts';
import { provisionWorktree } from '../adapters/provisioning/provision.ts';
import type { AttemptPlace } from '../services/ports/attempt-place.ts';
import type { Processes } from '../services/ports/processes.ts';
import type { Workspaces } from '../services/ports/workspaces.ts';
import { type AttemptWorktrees, findWorktree, worktreePathOf } from './attempt-worktree.ts';
import { composeHookRunner } from './compose-hooks.ts';
import { type CreateRedactor, redactText } from './compose-redaction.ts';

const HOOK_TIMEOUT_MS = 15 * 60_000;

type ProvisioningRun = Parameters<Workspaces['provision']>[1] & {
  readonly createRedactor: CreateRedactor;
  readonly processes: Processes;
};

export async function provisionAttempt(
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

/**
 * Variables with which a program's own git leaves out what was brought. The file takes the place of the user's own
 * patterns for every repository, which are part of it.
 */
export async function excludingEnvironment(worktrees: AttemptWorktrees, place: AttemptPlace) {
  const worktree = await findWorktree(worktrees, place);
  if (!worktree.ok || !existsSync(shownExcludeFileOf(worktree.value))) return {};
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.excludesFile',
    GIT_CONFIG_VALUE_0: shownExcludeFileOf(worktree.value),
  };
}
