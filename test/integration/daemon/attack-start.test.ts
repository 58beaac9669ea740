import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { shutDown } from '../../../main/daemon/services/shut-down.ts';
import { startRefusedDaemon } from '../../support/refused-daemon.ts';
import { createRepository } from '../../support/temporary-repository.ts';
import { startTestApi } from '../../support/test-api.ts';
import { startTestDaemon } from '../../support/test-daemon.ts';

describe('GIT-42: a repository that brings what only the daemon writes', () => {
  it.each([
    ['.codencer/codencer.db', '.codencer/codencer.db', {}],
    ['.codencer/codencer.db-wal', '.codencer/codencer.db-wal', {}],
    ['.codencer/token', '.codencer/token', {}],
    ['.Codencer/Token', '.codencer/token', {}],
    ['.codencer/git/config', '.codencer/git', {}],
    ['data/seed.db', 'data/seed.db', { '.env': 'DB_PATH=data/seed.db\n' }],
  ])('is refused for %s', async (path, named, more) => {
    const repository = createRepository({ 'README.md': '', [path]: 'planted', ...more });
    onTestFinished(() => repository.remove());
    const { exitCode, sentence } = await startRefusedDaemon({ repoRoot: repository.root });
    expect(exitCode).toBe(1);
    expect(sentence).toContain(`brings ${JSON.stringify(named)}`);
    expect(sentence).toContain(`git rm -r -- ${named}`);
  });

  it('is refused when a link in it leads to the record', async () => {
    const repository = createRepository({
      'README.md': '',
      'real/seed.db': 'planted',
      '.env': 'DB_PATH=data/seed.db\n',
    });
    onTestFinished(() => repository.remove());
    symlinkSync('real', join(repository.root, 'data'));
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'link');
    const { exitCode, sentence } = await startRefusedDaemon({ repoRoot: repository.root });
    expect([exitCode, sentence]).toEqual([1, expect.stringContaining('brings "real/seed.db"')]);
  });

  it('may bring settings', async () => {
    const repository = createRepository({
      'README.md': '',
      '.codencer/.gitignore': '*\n!workspace.json\n',
      '.codencer/workspace.json': '{}',
      '.codencer/policies/mine.yaml': 'version: v1\nname: mine\n',
    });
    onTestFinished(() => repository.remove());
    repository.git('add', '--force', '.codencer');
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'settings');
    const daemon = await startTestDaemon({ repoRoot: repository.root });
    await daemon.kill();
  });
});

describe('INST-12: a record in the folder of another repository', () => {
  it('is not taken over, whoever leads there', async () => {
    const owner = createRepository();
    const other = createRepository({ 'README.md': '', '.env': `DB_PATH=${owner.root}/.codencer/codencer.db\n` });
    onTestFinished(() => {
      owner.remove();
      other.remove();
    });
    const daemon = await startTestDaemon({ repoRoot: owner.root });
    const whileItRuns = await startRefusedDaemon({ repoRoot: other.root });
    await daemon.kill();
    const afterwards = await startRefusedDaemon({ repoRoot: other.root });
    for (const { exitCode, sentence } of [whileItRuns, afterwards]) {
      expect([exitCode, sentence]).toEqual([
        1,
        expect.stringContaining(`is the record of another repository, ${owner.root}: see what sets DB_PATH here`),
      ]);
    }
  });

  it('moves with its repository', async () => {
    const repository = createRepository();
    const { root } = repository;
    onTestFinished(() => repository.remove());
    await (await startTestDaemon({ repoRoot: root })).kill();
    renameSync(root, `${root}-moved`);
    await (await startTestDaemon({ repoRoot: `${root}-moved` })).kill();
  });
});

describe('a daemon that cannot write', () => {
  it('says in one sentence why it does not start', async () => {
    const repository = createRepository();
    onTestFinished(() => repository.remove());
    mkdirSync(join(repository.root, '.codencer'));
    symlinkSync('nowhere/at-all', join(repository.root, '.codencer/git'));
    const { exitCode, sentence } = await startRefusedDaemon({ repoRoot: repository.root });
    expect([exitCode, sentence.split('\n')]).toEqual([
      1,
      [expect.stringMatching(/^codencer: cannot .*\.codencer\/git/)],
    ]);
  });

  it('stops what runs all the same when the disk is full', async () => {
    const { context, store } = await startTestApi();
    const stopped: string[] = [];
    const full = () => {
      throw Object.assign(new Error('full'), { name: 'StorageFull' });
    };
    const live = { ...context.live, ids: () => [], stop: async () => void stopped.push('attempts') };
    const dispatcher = { start: full, wake: full, beat: full, stop: async () => void stopped.push('dispatcher') };
    await shutDown({ ...context, live, store: { ...store, transaction: full } }, dispatcher, 'SIGTERM');
    expect(stopped).toEqual(['dispatcher', 'attempts']);
  });
});
