import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CeilingPlaces, gitCeilings } from '../../../../../main/daemon/adapters/git/git-ceilings.ts';
import {
  createPlainRepository,
  type GitSandbox,
  openSandbox,
  PLAIN_GIT_ENV,
  plainGit,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const HARM: readonly (readonly string[])[] = [
  ['reset', '--hard'],
  ['stash', '--include-untracked'],
  ['add', '--all'],
  ['clean', '-fdx'],
  ['checkout', '--', '.'],
];

/** A repository with changes that an operator has not committed. */
async function busyRepository(name = 'repo'): Promise<GitSandbox> {
  const folder = temporaryFolder();
  const root = createPlainRepository(join(folder, name), { 'a.txt': 'a\n', '.gitignore': '.codencer/\n' });
  writeFiles(root, { 'a.txt': 'of the operator\n', 'new.txt': 'of the operator\n' });
  return openSandbox(folder, root);
}

const ceilingsOf = (places: CeilingPlaces) => successOf(gitCeilings(places));

/** What git says in a folder, with the variables that executors get. */
function tryIn(sandbox: GitSandbox, folder: string, args: readonly string[]): string {
  const ceilings = ceilingsOf({
    workspaceRoot: join(sandbox.root, '.codencer/worktrees'),
    root: sandbox.root,
    linksDir: join(sandbox.folder, 'links'),
  });
  try {
    plainGit(folder, args, { env: { ...PLAIN_GIT_ENV, ...ceilings } });
    return 'done';
  } catch (error) {
    return String(error);
  }
}

const PLACES = [
  ['repo', ''],
  ['of: a: colon', ' in a folder named with the separator of lists'],
] as const;

describe('a worktree that has lost its .git', () => {
  it.each(PLACES.flatMap(([name, kind]) => HARM.map((args) => ({ args, name, kind, command: args.join(' ') }))))(
    'GIT-39 is nobody to git $command, and the checkout around it stays as it is$kind',
    async ({ args, name }) => {
      const sandbox = await busyRepository(name);
      const worktree = await sandbox.create();
      writeFiles(worktree.path, { 'dir/below.txt': 'b\n' });
      rmSync(join(worktree.path, '.git'));
      const folders = [
        worktree.path,
        join(worktree.path, 'dir'),
        join(worktree.path, '..'),
        join(worktree.path, '../..'),
      ];
      for (const folder of folders) expect(tryIn(sandbox, folder, args)).toContain('not a git repository');
      expect(readFileSync(join(sandbox.root, 'a.txt'), 'utf8')).toBe('of the operator\n');
      expect(sandbox.git('status', '--porcelain')).toBe(' M a.txt\n?? new.txt\n');
    },
  );

  it('GIT-39 and one that has it works as ever, as do repositories in it', async () => {
    const sandbox = await busyRepository();
    const worktree = await sandbox.create();
    mkdirSync(join(worktree.path, 'dir/nested'), { recursive: true });
    for (const args of [['status'], ['add', '--all'], ['init', 'dir/nested']])
      expect(tryIn(sandbox, worktree.path, args)).toBe('done');
    expect(tryIn(sandbox, join(worktree.path, 'dir/nested'), ['status'])).toBe('done');
    expect(tryIn(sandbox, join(worktree.path, 'dir'), ['status'])).toBe('done');
  });
});

describe('ceilings', () => {
  it('GIT-39 are the folder of the worktrees, and those from there up to the repository', () => {
    const linksDir = '/nowhere';
    const inside = ceilingsOf({ workspaceRoot: '/repo/.codencer/workspace', root: '/repo', linksDir });
    expect(inside.GIT_CEILING_DIRECTORIES).toBe('/repo/.codencer/workspace:/repo/.codencer:/repo');
    const outside = ceilingsOf({ workspaceRoot: '/elsewhere', root: '/repo', linksDir });
    expect(outside.GIT_CEILING_DIRECTORIES).toBe('/elsewhere');
  });

  it('GIT-39 are links where git could not read the folder in its list, and others only for other folders', () => {
    const folder = temporaryFolder();
    const places = { workspaceRoot: '/elsewhere', root: join(folder, 'a:b'), linksDir: join(folder, 'links') };
    const of = (workspaceRoot: string) => ceilingsOf({ ...places, workspaceRoot }).GIT_CEILING_DIRECTORIES.split(':');
    const [worktrees = '', root = '', ...more] = of(join(places.root, 'w'));
    expect([readlinkSync(worktrees), readlinkSync(root), more]).toEqual([join(places.root, 'w'), places.root, []]);
    rmSync(root);
    symlinkSync('/somewhere', root);
    expect(of(join(places.root, 'w'))).toEqual([worktrees, root]);
    expect(readlinkSync(root)).toBe(places.root);
    expect(of('/elsewhere')).toEqual(['/elsewhere']);
  });

  it('GIT-39 that cannot be written anywhere are refused in a sentence', () => {
    const refused = gitCeilings({ workspaceRoot: '/a:b/w', root: '/a:b', linksDir: '/c:d' });
    expect(refused).toEqual({
      ok: false,
      error:
        '"/a:b/w" has a ":" in it, and so has "/c:d", where a link would stand for it. Git is kept out of your checkout by a list of folders in which ":" cannot be written: rename the folder, or name another XDG_STATE_HOME',
    });
    const closed = gitCeilings({ workspaceRoot: '/a:b/w', root: '/a:b', linksDir: '/dev/null/links' });
    expect(closed).toMatchObject({
      ok: false,
      error: expect.stringContaining('no link could be made in "/dev/null/links"'),
    });
  });
});
