import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findMarked } from '../../../main/daemon/adapters/process/environment-mark.ts';
import { commandLineOf } from '../../support/command-line.ts';
import { command, createTaskClient, type TaskResult } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

interface Declared {
  readonly copy?: readonly string[];
  readonly symlinks?: readonly string[];
  readonly hooks?: { readonly post_create: string };
}

describe('a fresh worktree', { timeout: 60_000 }, () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;

  beforeEach(async () => {
    repository = createRepository({
      'README.md': '# test\n',
      '.gitignore': 'node_modules/\n.env\nlocal/\n',
      'settings.json': '{"from":"commit"}\n',
    });
    write('.env', 'MODE=local\n');
    write('local/tool.sh', '#!/bin/sh\necho tool\n');
    chmodSync(join(repository.root, 'local/tool.sh'), 0o750);
    symlinkSync('tool.sh', join(repository.root, 'local/link'));
    write('node_modules/package/index.js', 'of the repository\n');
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
    await client.startRun('fresh');
  });
  afterEach(async () => {
    await daemon.stop();
    repository.remove();
  });

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(repository.root, path)), { recursive: true });
    writeFileSync(join(repository.root, path), text);
  }

  const declare = (provisioning: Declared): void => write('.codencer/workspace.json', JSON.stringify({ provisioning }));

  const stepOf = ({ attempt_id: attemptId }: TaskResult): string => attemptId.replace(/-a\d+$/, '');
  const logOf = async (result: TaskResult): Promise<string> =>
    (await daemon.request('GET', `/api/v1/steps/${stepOf(result)}/logs`)).text;
  const diffOf = async (result: TaskResult) => {
    const { status, text } = await daemon.request('GET', `/api/v1/steps/${stepOf(result)}/diff`);
    return { status, text };
  };

  it('has the copies and links that are declared, and its hook has run', async () => {
    const hook = 'echo "in $(basename "$PWD") with $MODE_OF_HOOK"; cat .env > seen-by-hook.txt';
    declare({ copy: ['.env', 'local'], symlinks: ['node_modules'], hooks: { post_create: hook } });
    const look =
      'cat .env node_modules/package/index.js; stat -c %a local/tool.sh; ./local/tool.sh; readlink local/link';
    const result = await client.run('fresh', command(`${look} node_modules`));
    expect(await logOf(result)).toBe(
      `MODE=local\nof the repository\n750\ntool\ntool.sh\n${repository.root}/node_modules\n`,
    );
    expect(result).toMatchObject({ state: 'completed', files_changed: null });
    expect(result['provisioning']).toEqual({
      success: true,
      summary: '',
      log: [
        '[COPY] .env',
        '[COPY] local',
        '[SYMLINK] node_modules',
        `[HOOK] ${hook}`,
        `in ${result.attempt_id} with \n`,
      ],
      duration_ms: expect.any(Number),
      environment_files: ['.env', 'local'],
      symlinks: ['node_modules'],
      post_create_hook: hook,
      hook_status: 'success',
    });
  });

  it('PROV-9 has nothing of what it was given in its diff, and gives nothing back', async () => {
    declare({ copy: ['.env', 'local'], symlinks: ['node_modules'] });
    const nothing = await client.run('fresh', { ...command('git status --porcelain'), expects_changes: 'yes' });
    expect(nothing).toMatchObject({ state: 'completed_with_warnings', files_changed: null });
    expect((await diffOf(nothing)).status).toBe(204);

    const result = await client.run('fresh', command('echo x > made.txt; echo MODE=changed > .env; rm node_modules'));
    expect(result).toMatchObject({ state: 'completed', files_changed: ['made.txt'] });
    const { text } = await diffOf(result);
    expect(text).toContain('made.txt');
    expect(text).not.toMatch(/node_modules|\.env|local/);
    const [ref] = result.salvage?.refs ?? [];
    expect(repository.git('show', `${ref?.name}:.env`)).toBe('MODE=changed\n');
    await waitUntil(() => readdirSync(join(repository.root, '.codencer/workspace')).length === 0);
    expect(readFileSync(join(repository.root, '.env'), 'utf8')).toBe('MODE=local\n');
    expect(readFileSync(join(repository.root, 'node_modules/package/index.js'), 'utf8')).toBe('of the repository\n');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('PROV-9 keeps what it was given out of the commits of a program that adds everything', async () => {
    write('untracked.conf', 'of this machine\n');
    declare({ copy: ['.env', 'untracked.conf'], symlinks: ['node_modules'] });
    const commit = 'git -c user.name=a -c user.email=a@b.invalid commit -qm made';
    const result = await client.run(
      'fresh',
      command(`git status --porcelain; echo x > made.txt; git add -A; ${commit}`),
    );
    expect(await logOf(result)).toBe('');
    expect(result).toMatchObject({ state: 'completed', files_changed: ['made.txt'] });
    const { text } = await diffOf(result);
    expect(text).not.toMatch(/node_modules|untracked/);
    const [ref] = result.salvage?.refs ?? [];
    expect(repository.git('ls-tree', '--name-only', ref?.name ?? '')).not.toContain('untracked.conf');
  });

  it('PROV-10 has in its diff what somebody changed of it, and nothing of what nobody changed', async () => {
    write('settings.json', '{"from":"this machine"}\n');
    write('tracked.txt', 'of this machine\n');
    write('local/large.bin', 'x'.repeat(11_000_000));
    const hook = 'rm README.md; echo 1 > made-by-hook.txt; echo 1 > touched.txt; echo 1 > changed.txt';
    declare({ copy: ['settings.json', 'tracked.txt', 'local'], hooks: { post_create: hook } });
    const look = 'cat settings.json; ls';
    const nothing = await client.run('fresh', command(look));
    expect(nothing).toMatchObject({ state: 'completed', files_changed: null });
    expect(await logOf(nothing)).toContain('{"from":"this machine"}\nchanged.txt\nlocal\nmade-by-hook.txt\n');
    expect(nothing.warnings ?? []).toEqual([]);

    const changes = 'echo 2 > changed.txt; echo {} > settings.json; echo back > README.md; rm made-by-hook.txt';
    const result = await client.run('fresh', command(changes));
    expect(result).toMatchObject({
      state: 'completed',
      files_changed: ['README.md', 'changed.txt', 'settings.json'],
    });
    expect((await diffOf(result)).text).toContain('-{"from":"commit"}\n+{}');
  });

  it('PROV-11 has a hook whose secrets are in no record', async () => {
    const secret = 'kq3vN8x2LmZ0pT7wYb5R';
    await daemon.stop();
    daemon = await startTestDaemon({ repoRoot: repository.root, env: { HOOK_TOKEN: secret } });
    client = createTaskClient(daemon);
    declare({ hooks: { post_create: `echo ${secret}; test ${secret} = "$HOOK_TOKEN"` } });
    const result = await client.run('fresh', command('true'));
    expect(result['provisioning']).toMatchObject({ success: true, hook_status: 'success' });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  it('ignores there what its user ignores elsewhere', async () => {
    const home = join(repository.root, '../home');
    mkdirSync(join(home, '.config/git'), { recursive: true });
    writeFileSync(join(home, '.config/git/ignore'), '*.mine\n');
    await daemon.stop();
    daemon = await startTestDaemon({ repoRoot: repository.root, env: { HOME: home } });
    client = createTaskClient(daemon);
    declare({ symlinks: ['node_modules'] });
    const result = await client.run('fresh', command('touch a.mine; git status --porcelain --ignored'));
    expect((await logOf(result)).split('\n').toSorted()).toEqual(['', '!! a.mine', '!! node_modules']);
  });

  it('without a declaration has what the commit has', async () => {
    const result = await client.run('fresh', command('ls -A; cat settings.json'));
    expect(await logOf(result)).toBe('.git\n.gitignore\nREADME.md\nsettings.json\n{"from":"commit"}\n');
    expect(result['provisioning']).toEqual({ success: true, summary: '', log: [], duration_ms: expect.any(Number) });
  });

  it('is declared for other programs too', async () => {
    write('grove.yaml', 'workspace:\n  setup:\n    copy: [.env]\n  hooks:\n    post_create: echo from grove\n');
    write('.groverc.json', JSON.stringify({ symlink: ['node_modules'], afterCreate: 'echo never' }));
    const result = await client.run('fresh', command('cat .env node_modules/package/index.js'));
    expect(await logOf(result)).toBe('MODE=local\nof the repository\n');
    expect(result['provisioning']).toMatchObject({ success: true, post_create_hook: 'echo from grove' });
  });

  it('does not get an executor when its hook fails, and keeps what the hook made', async () => {
    const hook = 'echo half > half.txt; echo why >&2; exit 3';
    declare({ copy: ['.env'], hooks: { post_create: hook } });
    const result = await client.run('fresh', command('touch executor-ran'));
    expect(result).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
    expect(result.summary).toBe('Provisioning failed: Hook failed: exit code 3');
    expect(result['provisioning']).toMatchObject({
      success: false,
      summary: 'Hook failed: exit code 3',
      log: ['[COPY] .env', `[HOOK] ${hook}`, 'why\n'],
      environment_files: ['.env'],
      post_create_hook: hook,
      hook_status: 'failed',
    });
    const [ref] = result.salvage?.refs ?? [];
    expect(repository.git('show', `${ref?.name}:half.txt`)).toBe('half\n');
    expect(repository.git('ls-tree', '--name-only', ref?.name ?? '')).not.toContain('executor-ran');
    expect(Object.keys(result.artifacts ?? {})).not.toContain('stdout.log');
  });

  it('is left by everybody whom its hook started, before the executor starts', async () => {
    const { id } = z.looseObject({ id: z.string() }).parse((await daemon.request('GET', '/api/v1/instance')).json);
    declare({ hooks: { post_create: '(setsid sleep 271 &); sleep 272 & echo started' } });
    const go = join(repository.root, '../go');
    const step = await client.submit('fresh', command(`echo begun; until [ -e '${go}' ]; do sleep 0.02; done`));
    await waitUntil(async () => (await daemon.request('GET', `/api/v1/steps/${step.id}/logs`)).text === 'begun\n');
    const commands = findMarked(`${id}:`).map(({ pid }) => commandLineOf(pid));
    expect(commands.filter((line) => /27[12]/.test(line))).toEqual([]);
    writeFileSync(go, '');
    await client.wait(step.id);
    expect(await client.result(step.id)).toMatchObject({ state: 'completed' });
  });

  describe('is refused', () => {
    const SECRET = 'nobody may see this\n';
    const cases: readonly (readonly [string, Declared, RegExp])[] = [
      ['a copy from outside', { copy: ['../outside/secret.txt'] }, /\.\.\/outside/],
      ['a copy by its absolute name', { copy: ['/etc/hostname'] }, /hostname/],
      ['a copy through a link that leads out', { copy: ['way-out/secret.txt'] }, /way-out/],
      ['a copy of a link that leads out', { copy: ['way-out'] }, /way-out/],
      ['a link to what is outside', { symlinks: ['way-out'] }, /way-out/],
      ['a link to .git', { symlinks: ['.git'] }, /\.git/],
      ['a copy of what holds the worktree', { copy: ['.codencer'] }, /\.codencer/],
      ['a copy of the repository itself', { copy: ['.'] }, /\./],
      ['a link in the place of a file', { symlinks: ['README.md'] }, /README\.md/],
      ['what is not there', { copy: ['missing.txt'] }, /missing\.txt/],
    ];
    for (const [what, declared, named] of cases) {
      it(what, async () => {
        const outside = join(repository.root, '../outside');
        mkdirSync(outside);
        writeFileSync(join(outside, 'secret.txt'), SECRET);
        symlinkSync(outside, join(repository.root, 'way-out'));
        declare(declared);
        const result = await client.run('fresh', command('cat -- * 2> /dev/null; touch executor-ran'));
        expect(result).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
        expect(result.summary).toMatch(named);
        expect(result.summary.split('\n')).toHaveLength(1);
        expect(result['provisioning']).toMatchObject({
          success: false,
          log: [expect.stringMatching(/^\[(COPY|SYMLINK)\]/)],
        });
        expect(existsSync(join(outside, 'executor-ran'))).toBe(false);
        expect(JSON.stringify(result)).not.toContain('nobody may see');
      });
    }

    it('a place in the worktree that leads out', async () => {
      const outside = join(repository.root, '../outside');
      mkdirSync(outside);
      symlinkSync(outside, join(repository.root, 'target'));
      repository.git('add', 'target');
      repository.git('commit', '--quiet', '--message', 'a link that leads out');
      rmSync(join(repository.root, 'target'));
      write('target/file.txt', 'plain here\n');
      declare({ copy: ['target/file.txt'] });
      const result = await client.run('fresh', command('true'));
      expect(result).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
      expect(readdirSync(outside)).toEqual([]);
    });

    it('a declaration that cannot be understood, with its file and key', async () => {
      for (const [text, named] of [
        ['{"provisioning":{"copies":[".env"]}}', /workspace\.json.*provisioning\.copies/],
        ['{"provisioning":{"copy":".env"}}', /workspace\.json.*provisioning\.copy/],
        ['{"provisioning":', /workspace\.json/],
      ] as const) {
        write('.codencer/workspace.json', text);
        const result = await client.run('fresh', command('true'));
        expect(result).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
        expect(result.summary).toMatch(named);
      }
    });
  });
});
