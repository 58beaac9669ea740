import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createWorktree } from '../../main/daemon/adapters/git/create-worktree.ts';
import { createGitRunner, type GitCommand, type RunGit } from '../../main/daemon/adapters/git/git-runner.ts';
import { openRepository } from '../../main/daemon/adapters/git/open-repository.ts';
import { type RemovalProof, removeWorktree } from '../../main/daemon/adapters/git/remove-worktree.ts';
import type { Repository } from '../../main/daemon/adapters/git/repository.ts';
import { createRepositoryLock } from '../../main/daemon/adapters/git/repository-lock.ts';
import { salvageAgain } from '../../main/daemon/adapters/git/salvage/salvage-again.ts';
import type { Salvage, SalvageRequest } from '../../main/daemon/adapters/git/salvage/salvage-result.ts';
import { salvageWorktree } from '../../main/daemon/adapters/git/salvage/salvage-worktree.ts';
import { readWorktree, type Worktree } from '../../main/daemon/adapters/git/worktree-record.ts';
import { successOf } from './success-of.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const SALVAGE_TIME_MS = Date.UTC(2026, 0, 1);

/** What a person's or an agent's own git runs with: an identity, and no settings from the machine. */
export const PLAIN_GIT_ENV: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_COUNT: '3',
  GIT_CONFIG_KEY_0: 'init.defaultBranch',
  GIT_CONFIG_VALUE_0: 'main',
  GIT_CONFIG_KEY_1: 'protocol.file.allow',
  GIT_CONFIG_VALUE_1: 'always',
  GIT_CONFIG_KEY_2: 'advice.detachedHead',
  GIT_CONFIG_VALUE_2: 'false',
  GIT_AUTHOR_NAME: 'Agent',
  GIT_AUTHOR_EMAIL: 'agent@example.invalid',
  GIT_COMMITTER_NAME: 'Agent',
  GIT_COMMITTER_EMAIL: 'agent@example.invalid',
};

/** Plain git, as somebody would type it. */
export const plainGit = (cwd: string, args: readonly string[], options: ExecFileSyncOptions = {}): string =>
  execFileSync('git', args, {
    cwd,
    env: PLAIN_GIT_ENV,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    ...options,
  }).toString('latin1');

export function writeFiles(root: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** A repository with one commit of these files. */
export function createPlainRepository(root: string, files: Readonly<Record<string, string | Buffer>>): string {
  mkdirSync(root, { recursive: true });
  plainGit(root, ['init', '--quiet']);
  writeFiles(root, files);
  plainGit(root, ['add', '--all']);
  plainGit(root, ['commit', '--quiet', '--allow-empty', '-m', 'base']);
  return root;
}

export interface CountingGit {
  readonly run: RunGit;
  readonly commands: GitCommand[];
}

export function countGit(run: RunGit = createGitRunner({ environment: process.env })): CountingGit {
  const commands: GitCommand[] = [];
  return {
    commands,
    run: (command) => {
      commands.push(command);
      return run(command);
    },
  };
}

export interface GitSandbox {
  readonly folder: string;
  readonly root: string;
  readonly repository: Repository;
  /** Every command that the adapter ran. */
  readonly commands: GitCommand[];
  readonly git: (...args: readonly string[]) => string;
  readonly create: (id?: string) => Promise<Worktree>;
  readonly salvage: (worktree: Worktree, extra?: Partial<SalvageRequest>) => Promise<Salvage>;
  readonly again: (
    worktree: Worktree,
    previous: Salvage,
    extra?: Partial<SalvageRequest>,
  ) => ReturnType<typeof salvageAgain>;
  readonly remove: (worktree: Worktree, proof: RemovalProof) => ReturnType<typeof removeWorktree>;
  readonly outputOf: (worktree: Worktree) => string;
}

export const refOf = ({ id }: Pick<Worktree, 'id'>): string => `refs/codencer/run-1/step-1/${id}`;

/** An open repository in a folder of the running test's own. */
export async function gitSandbox(
  files: Readonly<Record<string, string | Buffer>> = { 'README.md': '# test\n' },
): Promise<GitSandbox> {
  const folder = temporaryFolder();
  return openSandbox(folder, createPlainRepository(join(folder, 'repo'), files));
}

export async function openSandbox(folder: string, root: string): Promise<GitSandbox> {
  const counted = countGit();
  const repository = successOf(await openRepository({ git: counted.run, root, environment: {} }));
  const lock = createRepositoryLock();
  const outputOf = ({ id }: Worktree): string => {
    const directory = join(folder, 'output', id);
    mkdirSync(directory, { recursive: true });
    return directory;
  };
  const requestFor = (worktree: Worktree, extra: Partial<SalvageRequest> = {}): SalvageRequest => ({
    repository,
    worktree,
    ref: refOf(worktree),
    directory: outputOf(worktree),
    atMs: SALVAGE_TIME_MS,
    ...extra,
  });
  return {
    folder,
    root,
    repository,
    commands: counted.commands,
    outputOf,
    git: (...args) => plainGit(root, args),
    create: async (id = 'attempt-1') =>
      successOf(
        await createWorktree({
          repository,
          lock,
          id,
          path: join(root, '.codencer/worktrees', id),
          base: repository.head,
        }),
      ),
    salvage: async (worktree, extra) => successOf(await salvageWorktree(requestFor(worktree, extra))),
    again: (worktree, previous, extra) => salvageAgain({ ...requestFor(worktree, extra), previous }),
    remove: (worktree, proof) => removeWorktree({ repository, lock, worktree, proof }),
  };
}

/** The record as another process would find it. */
export async function rereadWorktree({ repository }: GitSandbox, id: string): Promise<Worktree> {
  const known = successOf(await readWorktree(repository, id));
  if (known.state === 'creating') throw new Error(`${id} was never finished`);
  return known;
}
