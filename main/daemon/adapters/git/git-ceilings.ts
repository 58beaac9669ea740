import { createHash } from 'node:crypto';
import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';

export interface CeilingPlaces {
  readonly workspaceRoot: string;
  readonly root: string;
  /** Where links may be made to folders whose path git could not read in a list. */
  readonly linksDir: string;
}

export type Ceilings = Readonly<Record<'GIT_CEILING_DIRECTORIES', string>>;

/**
 * Worktrees lie below the repository: a program whose worktree has lost its `.git` would, for its own git, be in the
 * operator's checkout, and `git reset --hard` there is not what anybody meant. Git does not look for a repository in or
 * above these folders: the one that holds the worktrees, and those from there up to the repository itself, for git
 * never leaves out the folder that it is started in. The error is a sentence.
 */
export function gitCeilings({ workspaceRoot, root, linksDir }: CeilingPlaces): Result<Ceilings, string> {
  const folders = [workspaceRoot];
  for (let folder = workspaceRoot; isBelow(root, folder); folder = dirname(folder)) folders.push(dirname(folder));
  const odd = folders.filter((folder) => folder.includes(delimiter));
  if (odd.length > 0 && linksDir.includes(delimiter)) return err(nowhereToLink(odd[0] ?? root, linksDir));
  try {
    const entries = folders.map((folder) => (folder.includes(delimiter) ? linkTo(folder, linksDir) : folder));
    return ok({ GIT_CEILING_DIRECTORIES: entries.join(delimiter) });
  } catch (error) {
    return err(`no link could be made in ${JSON.stringify(linksDir)}: ${String(error)}. ${WHY_LINKS}`);
  }
}

const isBelow = (root: string, folder: string): boolean => {
  const path = relative(root, folder);
  return path !== '' && !/^\.\.(\/|$)/.test(path);
};

/** Git knows no way to quote the separator of its list, but follows links in it. Named for its target: it is never another's. */
function linkTo(folder: string, linksDir: string): string {
  const link = join(linksDir, createHash('sha256').update(folder).digest('hex').slice(0, 32));
  mkdirSync(linksDir, { recursive: true, mode: 0o700 });
  if (targetOf(link) === folder) return link;
  rmSync(link, { recursive: true, force: true });
  symlinkSync(folder, link);
  return link;
}

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null; // not there, or no link: it is made anew
  }
}

const WHY_LINKS = `Git is kept out of your checkout by a list of folders in which "${delimiter}" cannot be written`;

const nowhereToLink = (folder: string, linksDir: string): string =>
  `${JSON.stringify(folder)} has a "${delimiter}" in it, and so has ${JSON.stringify(linksDir)}, where a link would stand for it. ${WHY_LINKS}: rename the folder, or name another XDG_STATE_HOME`;
