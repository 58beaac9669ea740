import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGitRunner } from '../../../../../main/daemon/adapters/git/git-runner.ts';
import { openRepository } from '../../../../../main/daemon/adapters/git/open-repository.ts';
import { resolveBase } from '../../../../../main/daemon/adapters/git/resolve-base.ts';
import {
  createPlainRepository,
  gitSandbox,
  openSandbox,
  plainGit,
  writeFiles,
} from '../../../../support/git-sandbox.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const FILES = { 'a.txt': 'a\n' };
const base = (folder: string) => createPlainRepository(join(folder, 'repo'), FILES);

/** A program in place of git, which may go on to the real one. */
function standIn(folder: string, line: string): string {
  const file = join(folder, 'git-stand-in');
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
  return file;
}

interface Refused {
  readonly what: string;
  readonly code: string;
  readonly says: RegExp;
  /** Makes the folder and gives its path, and the git to use. */
  readonly make: (folder: string) => string | { readonly root: string; readonly binary: string };
}

const REFUSED: readonly Refused[] = [
  {
    what: 'a folder that is not there',
    code: 'root_missing',
    says: /name one that exists/,
    make: (folder) => join(folder, 'none'),
  },
  {
    what: 'a file',
    code: 'root_missing',
    says: /is not a folder/,
    make: (folder) => {
      writeFileSync(join(folder, 'file'), '');
      return join(folder, 'file');
    },
  },
  { what: 'no repository', code: 'not_a_repository', says: /run git init/, make: (folder) => folder },
  {
    what: 'a bare repository',
    code: 'bare_repository',
    says: /name a clone or a worktree/,
    make: (folder) => {
      plainGit(folder, ['init', '--quiet', '--bare', 'repo']);
      return join(folder, 'repo');
    },
  },
  {
    what: 'a repository without a commit',
    code: 'no_commit',
    says: /make a first one/,
    make: (folder) => {
      plainGit(folder, ['init', '--quiet', 'repo']);
      return join(folder, 'repo');
    },
  },
  {
    what: 'a folder inside a repository',
    code: 'not_repository_root',
    says: /name its top folder .*\/repo$/,
    make: (folder) => {
      mkdirSync(join(base(folder), 'sub'));
      return join(folder, 'repo/sub');
    },
  },
  {
    what: 'a git directory',
    code: 'inside_git_directory',
    says: /name the folder with the files/,
    make: (folder) => join(base(folder), '.git'),
  },
  {
    what: 'a path with a line end',
    code: 'unusable_path',
    says: /rename it/,
    make: (folder) => createPlainRepository(join(folder, 're\npo'), FILES),
  },
  {
    what: "another user's repository",
    code: 'dubious_ownership',
    says: /safe\.directory .*\/repo$/,
    make: (folder) => ({
      root: base(folder),
      binary: standIn(folder, 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"'),
    }),
  },
  {
    what: 'a format from the future',
    code: 'unsupported_format',
    says: /install a newer git/,
    make: (folder) => {
      const root = base(folder);
      plainGit(root, ['config', 'core.repositoryFormatVersion', '1']);
      plainGit(root, ['config', 'extensions.fromTheFuture', 'true']);
      return root;
    },
  },
  {
    what: 'a git directory that leads elsewhere',
    code: 'redirected',
    says: /look who wrote it, and remove it/,
    make: (folder) => {
      const root = base(folder);
      const elsewhere = createPlainRepository(join(folder, 'elsewhere'), FILES);
      writeFileSync(join(root, '.git/commondir'), `${elsewhere}/.git\n`);
      return root;
    },
  },
  {
    what: 'broken settings',
    code: 'unreadable_repository',
    says: /git cannot read the repository/,
    make: (folder) => {
      const root = base(folder);
      writeFileSync(join(root, '.git/config'), '[core\n');
      return root;
    },
  },
  {
    what: 'a git that is too old',
    code: 'git_too_old',
    says: /git 2\.20\.1 is too old; install git 2\.\d+ or newer/,
    make: (folder) => ({ root: base(folder), binary: standIn(folder, 'echo git version 2.20.1') }),
  },
  {
    what: 'no git at all',
    code: 'git_missing',
    says: /install git/,
    make: (folder) => ({ root: base(folder), binary: '/nonexistent/git' }),
  },
];

describe('opening a folder', () => {
  it.each(REFUSED)('GIT-9 refuses $what', async ({ make, code, says }) => {
    const made = make(temporaryFolder());
    const { root, binary } = typeof made === 'string' ? { root: made, binary: 'git' } : made;
    const git = createGitRunner({ environment: process.env, binary });
    const refusal = failureOf(await openRepository({ git, root, environment: {} }));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(says);
    expect(existsSync(join(root, '.codencer'))).toBe(false);
  });

  it('GIT-10 finds nothing to say of an ordinary repository', async () => {
    const { repository, root } = await gitSandbox();
    expect(repository).toMatchObject({
      root,
      gitDir: join(root, '.git'),
      commonDir: join(root, '.git'),
      objectsDir: join(root, '.git/objects'),
      objectFormat: 'sha1',
      isShallow: false,
      isLinkedWorktree: false,
      isPartialClone: false,
      submodules: [],
      usesLfs: false,
      warnings: [],
    });
  });

  it.each(WARNED())('GIT-10 works, with a warning, in $what', async ({ make, code }) => {
    const folder = temporaryFolder();
    const sandbox = await openSandbox(folder, make(folder));
    expect(sandbox.repository.warnings.map((warning) => warning.code)).toEqual([code]);
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'new.txt': 'new\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.changedFiles.map(({ path }) => path)).toEqual(['new.txt']);
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-10 works in a repository with SHA-256', async () => {
    const folder = temporaryFolder();
    plainGit(folder, ['init', '--quiet', '--object-format=sha256', 'repo']);
    const sandbox = await openSandbox(folder, base(folder));
    expect(sandbox.repository.objectFormat).toBe('sha256');
    const worktree = await sandbox.create();
    writeFiles(worktree.path, { 'a.txt': 'changed\n', 'new.txt': 'new\n' });
    const salvage = await sandbox.salvage(worktree);
    expect(salvage.treeCommit).toMatch(/^[0-9a-f]{64}$/);
    expect(sandbox.git('show', `${salvage.treeCommit}:a.txt`)).toBe('changed\n');
    successOf(await sandbox.remove(worktree, { kind: 'salvaged', salvage }));
  });

  it('GIT-11 takes HEAD, a branch, a tag or a commit for a base, as it is now', async () => {
    const { repository, git, root } = await gitSandbox();
    const first = repository.head;
    git('tag', '-a', '-m', 'tagged', 'v1');
    git('commit', '--quiet', '--allow-empty', '-m', 'second');
    const second = git('rev-parse', 'HEAD').trim();
    git('branch', 'other', first);
    expect(successOf(await resolveBase(repository, null))).toBe(second);
    expect(successOf(await resolveBase(repository, 'main'))).toBe(second);
    expect(successOf(await resolveBase(repository, 'v1'))).toBe(first);
    expect(successOf(await resolveBase(repository, first.slice(0, 12)))).toBe(first);
    expect(successOf(await resolveBase(repository, 'other'))).toBe(first);
    expect(root).toBe(repository.root);
  });

  it.each(['nowhere', '--all', '-h', '', 'main\nHEAD', 'HEAD^{tree}', '$(id)'])(
    'GIT-11 refuses %j as a base',
    async (ref) => {
      const { repository } = await gitSandbox();
      expect(failureOf(await resolveBase(repository, ref)).code).toBe('base_not_found');
    },
  );
});

/** Repositories that are not as one expects, and work. */
function WARNED(): readonly {
  readonly what: string;
  readonly code: string;
  readonly make: (folder: string) => string;
}[] {
  const source = (folder: string) => {
    const root = createPlainRepository(join(folder, 'source'), FILES);
    plainGit(root, ['commit', '--quiet', '--allow-empty', '-m', 'second']);
    return root;
  };
  return [
    {
      what: 'a shallow clone',
      code: 'shallow_clone',
      make: (folder) => {
        plainGit(folder, ['clone', '--quiet', '--depth', '1', `file://${source(folder)}`, 'repo']);
        return join(folder, 'repo');
      },
    },
    {
      what: 'a linked worktree',
      code: 'linked_worktree',
      make: (folder) => {
        plainGit(base(folder), ['worktree', 'add', '--quiet', '../linked']);
        return join(folder, 'linked');
      },
    },
    {
      what: 'a repository with submodules',
      code: 'submodules',
      make: (folder) => {
        const root = base(folder);
        plainGit(root, ['submodule', '--quiet', 'add', source(folder), 'sub']);
        plainGit(root, ['commit', '--quiet', '-m', 'submodule']);
        return root;
      },
    },
    {
      what: 'a repository with LFS',
      code: 'lfs',
      make: (folder) => {
        const root = base(folder);
        writeFiles(root, { 'assets/.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n' });
        plainGit(root, ['add', '--all']);
        plainGit(root, ['commit', '--quiet', '-m', 'lfs']);
        return root;
      },
    },
    {
      what: 'a partial clone with all that it needs',
      code: 'partial_clone',
      make: (folder) => {
        plainGit(source(folder), ['config', 'uploadpack.allowFilter', 'true']);
        plainGit(folder, ['clone', '--quiet', '--filter=blob:none', `file://${join(folder, 'source')}`, 'repo']);
        return join(folder, 'repo');
      },
    },
    {
      what: 'a dirty tree',
      code: 'dirty_tree',
      make: (folder) => {
        const root = base(folder);
        writeFiles(root, { 'a.txt': 'not committed\n' });
        return root;
      },
    },
  ];
}
