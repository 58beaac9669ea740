import { appendFileSync, chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPlainRepository, plainGit, writeFiles } from './git-sandbox.ts';

/** Where things are planted. */
export interface PlantScene {
  readonly root: string;
  /** The worktree of an attempt; null before there is one. */
  readonly worktree: string | null;
  /** Its part of the git directory. */
  readonly adminDir: string | null;
  /** Another repository and its folder, which nothing may touch. */
  readonly decoy: string;
  /** Makes a program that leaves a note when it runs. */
  readonly canary: (name: string) => string;
  /** The notes. */
  readonly ran: () => readonly string[];
}

export function plantScene(
  folder: string,
  { root, worktree, adminDir }: Pick<PlantScene, 'root' | 'worktree' | 'adminDir'>,
): PlantScene {
  const notes = join(folder, 'canaries');
  mkdirSync(notes, { recursive: true });
  const decoy = join(folder, 'decoy');
  if (!exists(decoy)) createPlainRepository(decoy, { 'decoy.txt': 'decoy\n' });
  const canary = (name: string): string => {
    const file = join(folder, 'programs', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n: > '${notes}/${name}'\n`);
    chmodSync(file, 0o755);
    return file;
  };
  return { root, worktree, adminDir, decoy, canary, ran: () => readdirSync(notes) };
}

const exists = (path: string): boolean => {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false; // Not there yet.
  }
};

export interface Plant {
  readonly name: string;
  readonly when: 'any' | 'during';
  readonly plant: (scene: PlantScene) => void;
  /** A plain command, in the worktree or the repository, in which it runs. None: it only redirects. */
  readonly provoke?: readonly string[];
}

const config = (scene: PlantScene, settings: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(settings))
    plainGit(scene.root, ['config', '--file', '.git/config', '--add', name, value]);
};

const attributes = (scene: PlantScene, line: string): void => {
  mkdirSync(join(scene.root, '.git/info'), { recursive: true });
  writeFileSync(join(scene.root, '.git/info/attributes'), line);
  if (scene.worktree !== null) writeFileSync(join(scene.worktree, '.gitattributes'), line);
};

const HOOKS = [
  'applypatch-msg',
  'post-checkout',
  'post-commit',
  'post-index-change',
  'post-rewrite',
  'pre-auto-gc',
  'pre-commit',
  'prepare-commit-msg',
  'reference-transaction',
] as const;

function hooksIn(scene: PlantScene, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const hook of HOOKS)
    writeFileSync(join(folder, hook), `#!/bin/sh\nexec '${scene.canary(hook)}'\n`, { mode: 0o755 });
}

export const PLANTS: readonly Plant[] = [
  {
    name: 'hooks',
    when: 'any',
    plant: (scene) => hooksIn(scene, join(scene.root, '.git/hooks')),
    provoke: ['update-ref', 'refs/x/provoked', 'HEAD'],
  },
  {
    name: 'a hooks path',
    when: 'any',
    plant: (scene) => {
      hooksIn(scene, join(dirname(scene.root), 'hooks'));
      config(scene, { 'core.hooksPath': join(dirname(scene.root), 'hooks') });
    },
    provoke: ['update-ref', 'refs/x/provoked', 'HEAD'],
  },
  {
    name: 'fsmonitor',
    when: 'any',
    plant: (scene) => config(scene, { 'core.fsmonitor': scene.canary('fsmonitor') }),
    provoke: ['status'],
  },
  {
    name: 'a pager',
    when: 'any',
    plant: (scene) => config(scene, { 'core.pager': scene.canary('pager'), 'pager.diff-tree': scene.canary('pager') }),
    // Without a terminal no git starts a pager, so there is nothing to provoke.
  },
  {
    name: 'an external diff',
    when: 'any',
    plant: (scene) => {
      config(scene, { 'diff.external': scene.canary('diff'), 'diff.evil.command': scene.canary('diff-driver') });
      attributes(scene, '* diff=evil\n');
    },
    provoke: ['diff', 'HEAD~1', 'HEAD'],
  },
  {
    name: 'textconv',
    when: 'any',
    plant: (scene) => {
      config(scene, { 'diff.evil.textconv': scene.canary('textconv') });
      attributes(scene, '* diff=evil\n');
    },
    provoke: ['diff', 'HEAD~1', 'HEAD'],
  },
  {
    name: 'clean and smudge filters',
    when: 'any',
    plant: (scene) => {
      config(scene, {
        'filter.evil.clean': scene.canary('clean'),
        'filter.evil.smudge': scene.canary('smudge'),
        'filter.evil.required': 'true',
      });
      attributes(scene, '* filter=evil\n');
    },
    provoke: ['hash-object', 'tracked.txt'],
  },
  {
    name: 'a filter process',
    when: 'any',
    plant: (scene) => {
      config(scene, { 'filter.evil.process': scene.canary('process') });
      attributes(scene, '* filter=evil\n');
    },
    provoke: ['hash-object', 'tracked.txt'],
  },
  {
    name: 'a merge driver',
    when: 'any',
    plant: (scene) => {
      config(scene, { 'merge.evil.driver': `${scene.canary('merge')} %A` });
      attributes(scene, '* merge=evil\n');
    },
    provoke: ['merge-tree', '--write-tree', 'HEAD', 'side'],
  },
  {
    name: 'an ssh command, a proxy and a promised object',
    when: 'any',
    plant: (scene) =>
      config(scene, {
        'core.sshCommand': scene.canary('ssh'),
        'core.gitProxy': scene.canary('proxy'),
        'core.repositoryFormatVersion': '1',
        'extensions.partialClone': 'evil',
        'remote.evil.url': `ext::${scene.canary('transport')} %S`,
        'remote.evil.promisor': 'true',
        'protocol.ext.allow': 'always',
      }),
    provoke: ['cat-file', '-p', '1234567890123456789012345678901234567890'],
  },
  {
    name: 'a gpg program',
    when: 'any',
    plant: (scene) =>
      config(scene, {
        'gpg.program': scene.canary('gpg'),
        'commit.gpgSign': 'true',
        'tag.gpgSign': 'true',
        'user.signingKey': 'x',
      }),
    provoke: ['commit', '--quiet', '--allow-empty', '-m', 'signed'],
  },
  {
    name: 'a credential helper and an askpass',
    when: 'any',
    plant: (scene) =>
      config(scene, { 'credential.helper': `!${scene.canary('credential')}`, 'core.askPass': scene.canary('askpass') }),
    provoke: ['credential', 'fill'],
  },
  {
    name: 'an editor',
    when: 'any',
    plant: (scene) =>
      config(scene, { 'core.editor': scene.canary('editor'), 'sequence.editor': scene.canary('editor') }),
    provoke: ['commit', '--quiet', '--allow-empty'],
  },
  {
    name: 'aliases',
    when: 'any',
    plant: (scene) => {
      const names = [
        'provoked',
        'worktree',
        'read-tree',
        'update-index',
        'write-tree',
        'commit-tree',
        'update-ref',
        'diff-tree',
      ];
      for (const name of names) config(scene, { [`alias.${name}`]: `!${scene.canary('alias')}` });
    },
    provoke: ['provoked'],
  },
  {
    name: 'an include',
    when: 'any',
    plant: (scene) => {
      const file = join(dirname(scene.root), 'included');
      plainGit(scene.root, ['config', '--file', file, 'core.fsmonitor', scene.canary('included')]);
      plainGit(scene.root, ['config', '--file', file, 'filter.evil.clean', scene.canary('included')]);
      attributes(scene, '* filter=evil\n');
      config(scene, { 'include.path': file, 'includeIf.gitdir:/.path': file });
    },
    provoke: ['status'],
  },
  {
    name: 'settings of a worktree',
    when: 'any',
    plant: (scene) => {
      config(scene, { 'core.repositoryFormatVersion': '1', 'extensions.worktreeConfig': 'true' });
      for (const folder of [join(scene.root, '.git'), scene.adminDir]) {
        if (folder !== null) {
          plainGit(scene.root, [
            'config',
            '--file',
            join(folder, 'config.worktree'),
            'core.fsmonitor',
            scene.canary('worktree'),
          ]);
        }
      }
    },
    provoke: ['status'],
  },
  {
    name: 'another work tree',
    when: 'any',
    plant: (scene) => config(scene, { 'core.worktree': scene.decoy }),
  },
  {
    name: 'a sparse checkout',
    when: 'any',
    plant: (scene) => {
      config(scene, { 'core.sparseCheckout': 'true' });
      writeFiles(scene.root, { '.git/info/sparse-checkout': '/nothing\n' });
      if (scene.adminDir !== null) writeFiles(scene.adminDir, { 'info/sparse-checkout': '/nothing\n' });
    },
  },
  {
    name: 'other attributes and ignores',
    when: 'during',
    plant: (scene) => {
      attributes(scene, '* text eol=crlf ident working-tree-encoding=UTF-16 -diff\n');
      appendFileSync(join(scene.root, '.git/info/exclude'), '*\n');
      const file = join(dirname(scene.root), 'everything');
      writeFileSync(file, '*\n');
      config(scene, { 'core.excludesFile': file, 'core.autocrlf': 'true', 'core.fileMode': 'false' });
    },
  },
  {
    name: 'replaced and grafted history',
    when: 'during',
    plant: (scene) => {
      plainGit(scene.root, ['replace', 'HEAD', 'side']);
      writeFiles(scene.root, {
        '.git/info/grafts': `${plainGit(scene.root, ['--no-replace-objects', 'rev-parse', 'HEAD'])}`,
      });
    },
  },
  {
    name: 'another common directory',
    when: 'during',
    plant: (scene) => {
      writeFileSync(join(scene.root, '.git/commondir'), `${scene.decoy}/.git\n`);
      if (scene.adminDir !== null) writeFileSync(join(scene.adminDir, 'commondir'), `${scene.decoy}/.git\n`);
    },
  },
  {
    name: 'another way back to the worktree',
    when: 'during',
    plant: ({ adminDir, decoy }) => writeFileSync(join(adminDir ?? '', 'gitdir'), `${decoy}/.git\n`),
  },
  {
    name: 'a .git file pointing elsewhere',
    when: 'during',
    plant: ({ worktree, decoy }) => writeFileSync(join(worktree ?? '', '.git'), `gitdir: ${decoy}/.git\n`),
  },
  {
    name: 'no lock on the worktree',
    when: 'during',
    plant: ({ adminDir }) => rmSync(join(adminDir ?? '', 'locked')),
  },
  {
    name: 'an index that hides everything',
    when: 'during',
    plant: ({ worktree }) => {
      plainGit(worktree ?? '', ['update-index', '--assume-unchanged', 'tracked.txt']);
      plainGit(worktree ?? '', ['update-index', '--skip-worktree', 'removed.txt']);
    },
  },
];
