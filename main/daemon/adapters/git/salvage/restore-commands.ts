import type { Salvage } from './salvage-result.ts';

export interface RestoreRequest {
  readonly repositoryRoot: string;
  /** The folder to restore into; it must not exist yet. */
  readonly target: string;
  readonly salvage: Pick<Salvage, 'treeCommit' | 'ignoredCommit' | 'refs' | 'innerWorktrees'> & {
    readonly bundles: readonly Bundle[];
  };
}

type Bundle = Pick<Salvage['bundles'][number], 'path' | 'file' | 'shallowFile' | 'start'>;

/** The commands, for a POSIX shell, with which a person gets everything back that was saved. */
export function restoreCommands({ repositoryRoot, target, salvage }: RestoreRequest): readonly string[] {
  const { treeCommit, ignoredCommit, refs, innerWorktrees, bundles } = salvage;
  const top = refs.find(({ holds }) => holds === 'work')?.commit ?? null;
  const lost = refs.filter(({ holds }) => holds === 'lost-commits');
  const start = treeCommit ?? top;
  return [
    ...(start === null ? [] : [git(repositoryRoot, 'worktree', 'add', '--detach', target, start)]),
    ...(ignoredCommit === null ? [] : [git(target, 'restore', `--source=${ignoredCommit}`, '--', '.')]),
    ...lost.map(({ name }) => git(repositoryRoot, 'log', '--oneline', '--max-count=20', name)),
    ...innerWorktrees.map(({ path, commit }) =>
      git(repositoryRoot, 'worktree', 'add', '--detach', `${target}/${path}`, commit),
    ),
    ...bundles.flatMap((bundle) =>
      bundleCommands(bundle, bundle.path === '.' ? `${target}-repository` : `${target}/${bundle.path}`),
    ),
  ];
}

/** `init` and `fetch`, because `clone` takes branches and tags only. */
function bundleCommands({ file, shallowFile, start }: Bundle, folder: string): readonly string[] {
  return [
    command('git', 'init', '--quiet', folder),
    ...(shallowFile === null ? [] : [command('cp', shallowFile, `${folder}/.git/shallow`)]),
    git(folder, 'fetch', '--quiet', '--update-head-ok', file, 'refs/*:refs/*'),
    ...(start === null ? [] : [git(folder, 'checkout', '--quiet', '--force', start)]),
  ];
}

const git = (folder: string, ...args: readonly string[]): string => command('git', '-C', folder, ...args);

const command = (...words: readonly string[]): string => words.map(quote).join(' ');

const quote = (word: string): string =>
  /^[A-Za-z0-9_./:=@%+^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
