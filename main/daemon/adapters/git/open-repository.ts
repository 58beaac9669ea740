import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { makeGateway } from './gateway.ts';
import type { RunGit } from './git-runner.ts';
import type { ObjectFormat } from './object-format.ts';
import type { Repository, RepositoryPlace } from './repository.ts';
import { type Facts, readFacts, warningsOf } from './repository-facts.ts';
import { type RepositoryRefusal, refusal, refusalFor } from './repository-refusal.ts';
import { readCommit } from './resolve-base.ts';

/** `worktree add --lock --reason` and `rev-parse --path-format` are this old. */
const OLDEST_GIT = [2, 34] as const;

export interface OpenRequest {
  readonly git: RunGit;
  readonly root: string;
  /** Tells where the user keeps patterns of files to ignore. */
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute paths of files and folders that only this program writes: a repository that brings one is refused. */
  readonly ownFiles?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Finds out whether a folder can be worked in. Nothing is written before the answer is yes. */
export async function openRepository(request: OpenRequest): Promise<Result<Repository, RepositoryRefusal>> {
  const version = await readGitVersion(request);
  if (!version.ok) return version;
  const root = await findRoot(request.root);
  if (!root.ok) return root;
  const found = await discover(request, root.value);
  if (!found.ok) return found;
  const { place, objectFormat, isLinkedWorktree } = found.value;
  const head = await readHead(place, request.signal);
  if (!head.ok) return head;
  const { environment, ownFiles = [], signal } = request;
  const facts = await readFacts({ ...place, objectFormat, head: head.value, environment, ownFiles }, signal);
  if (!facts.ok) return err(refusalFor(place.root, facts.error));
  const { brought } = facts.value;
  if (brought.length > 0) return err(refusal('brings_our_files', bringsSentence(place.root, brought)));
  makeGateway(place.gatewayDir, place.commonDir);
  return ok(
    repositoryOf({ place, objectFormat, isLinkedWorktree, gitVersion: version.value, head: head.value }, facts.value),
  );
}

/** Whoever wrote such a file chose what would be run here, or who gets in. */
const bringsSentence = (root: string, brought: readonly string[]): string =>
  `the repository ${root} brings ${brought.map((path) => JSON.stringify(path)).join(', ')}, which only this program may write: whoever committed that could have anything run here. Take it out with: git rm -r -- ${brought.join(' ')} (with --cached it stays on the disk: for what is your own); commit that, and start again`;

function repositoryOf(
  known: Discovery & { readonly gitVersion: string; readonly head: string },
  { isDirty, brought: _, ...facts }: Facts,
): Repository {
  const { place, ...rest } = known;
  const repository = { ...place, ...rest, ...facts, memory: new Map(), warnings: [] };
  return { ...repository, warnings: warningsOf(repository, isDirty) };
}

async function readGitVersion({ git, root, signal }: OpenRequest): Promise<Result<string, RepositoryRefusal>> {
  const asked = await git({ args: ['--version'], cwd: '/', signal });
  if (!asked.ok) return err(refusalFor(root, asked.error));
  const version = /\d+\.\d+(\.\d+)?/.exec(asked.value.stdout.toString())?.[0] ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOldEnough = major > OLDEST_GIT[0] || (major === OLDEST_GIT[0] && minor >= OLDEST_GIT[1]);
  if (isOldEnough) return ok(version);
  return err(refusal('git_too_old', `git ${version} is too old; install git ${OLDEST_GIT.join('.')} or newer`));
}

async function findRoot(root: string): Promise<Result<string, RepositoryRefusal>> {
  try {
    const real = await realpath(root);
    if (!(await stat(real)).isDirectory()) return err(refusal('root_missing', `${root} is not a folder`));
    // rev-parse answers in lines, and a path that is not text cannot be passed on.
    if (/[\p{Cc}\ufffd]/u.test(real)) {
      return err(refusal('unusable_path', `${JSON.stringify(real)} has characters that cannot be handled; rename it`));
    }
    return ok(real);
  } catch {
    return err(refusal('root_missing', `there is no folder ${root}; name one that exists`));
  }
}

interface Discovery {
  readonly place: RepositoryPlace;
  readonly objectFormat: ObjectFormat;
  readonly isLinkedWorktree: boolean;
}

/**
 * The one question that is asked with the user's own settings: only they can say that a repository of another user is
 * trusted (`safe.directory`).
 */
async function discover(request: OpenRequest, root: string): Promise<Result<Discovery, RepositoryRefusal>> {
  const asked = await ask(request, root, [
    '--is-bare-repository',
    '--is-inside-git-dir',
    '--show-object-format',
    '--path-format=absolute',
    '--git-dir',
    '--git-common-dir',
  ]);
  if (!asked.ok) return asked;
  const [isBare, isInside, format, gitDir = '', commonDir = ''] = asked.value;
  if (isBare === 'true') return err(bareRefusal(root));
  if (isInside === 'true')
    return err(refusal('inside_git_directory', `${root} is inside a git directory; name the folder with the files`));
  if (!(await exists(join(root, '.git')))) return err(await subfolderRefusal(request, root));
  const place = await placeOf(request.git, { root, gitDir, commonDir });
  if (isRedirected(place)) return err(redirectedRefusal(place));
  const isLinkedWorktree = place.gitDir !== place.commonDir;
  return ok({ place, objectFormat: format === 'sha256' ? 'sha256' : 'sha1', isLinkedWorktree });
}

/** Only the folder of a linked worktree leads to another directory, and it lies in that one. */
const isRedirected = ({ gitDir, commonDir }: RepositoryPlace): boolean =>
  gitDir !== commonDir && dirname(gitDir) !== join(commonDir, 'worktrees');

const redirectedRefusal = ({ gitDir, commonDir }: RepositoryPlace): RepositoryRefusal =>
  refusal(
    'redirected',
    `${gitDir}/commondir leads to ${commonDir}, where git never puts it; look who wrote it, and remove it`,
  );

async function placeOf(
  git: RunGit,
  dirs: { readonly root: string; readonly gitDir: string; readonly commonDir: string },
): Promise<RepositoryPlace> {
  const [gitDir, commonDir] = await Promise.all([realpath(dirs.gitDir), realpath(dirs.commonDir)]);
  const objectsDir = await realpath(join(commonDir, 'objects'));
  const privateDir = join(dirs.root, '.codencer/git');
  return { git, root: dirs.root, gitDir, commonDir, objectsDir, privateDir, gatewayDir: join(privateDir, 'gateway') };
}

const bareRefusal = (root: string): RepositoryRefusal =>
  refusal('bare_repository', `${root} is a bare repository; name a clone or a worktree of it that has files`);

async function subfolderRefusal(request: OpenRequest, root: string): Promise<RepositoryRefusal> {
  const asked = await ask(request, root, ['--show-toplevel']);
  const top = asked.ok ? asked.value[0] : undefined;
  return refusal(
    'not_repository_root',
    `${root} is a folder inside a repository; name its top folder ${top ?? ''}`.trim(),
  );
}

async function ask(
  { git, signal }: OpenRequest,
  root: string,
  questions: readonly string[],
): Promise<Result<readonly string[], RepositoryRefusal>> {
  const asked = await git({ args: ['rev-parse', ...questions], cwd: root, readsUserSettings: true, signal });
  return asked.ok ? ok(asked.value.stdout.toString().trimEnd().split('\n')) : err(refusalFor(root, asked.error));
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false; // Not there, or closed to us, which comes to the same here.
  }
}

async function readHead(
  place: RepositoryPlace,
  signal: AbortSignal | undefined,
): Promise<Result<string, RepositoryRefusal>> {
  const asked = await readCommit(place, { ref: 'HEAD', signal });
  if (asked.ok) return asked;
  const message = `the repository in ${place.root} has no commit yet; make a first one, then start again`;
  return err(refusal('no_commit', message, asked.error.evidence));
}
