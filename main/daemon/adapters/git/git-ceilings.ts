import { delimiter, dirname, relative } from 'node:path';

/**
 * Worktrees lie below the repository: a program whose worktree has lost its `.git` would, for its own git, be in the
 * operator's checkout, and `git reset --hard` there is not what anybody meant. Git does not look for a repository in or
 * above these folders: the one that holds the worktrees, and those from there up to the repository itself, for git
 * never leaves out the folder that it is started in.
 */
export function gitCeilings(places: { readonly workspaceRoot: string; readonly root: string }): {
  readonly GIT_CEILING_DIRECTORIES: string;
} {
  const folders = [places.workspaceRoot];
  for (let folder = places.workspaceRoot; isBelow(places.root, folder); folder = dirname(folder)) {
    folders.push(dirname(folder));
  }
  return { GIT_CEILING_DIRECTORIES: folders.join(delimiter) };
}

const isBelow = (root: string, folder: string): boolean => {
  const path = relative(root, folder);
  return path !== '' && !/^\.\.(\/|$)/.test(path);
};
