import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandTask, createCliRepository } from '../../support/cli-repository.ts';
import { pretendRepository } from '../../support/pretended-repository.ts';
import { runCli } from '../../support/run-cli.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LONG_MS = 60_000;

describe('up and down (CLI-14)', { timeout: LONG_MS }, () => {
  it('start a daemon that outlives the command, once, and end it', async () => {
    const { cli, json, root, daemonPid } = createCliRepository();
    const first = await json('up');
    expect(first).toMatchObject({ status: 'started', repo_root: root, execution_mode: 'real', pid: daemonPid() });
    expect(statSync(join(root, '.codencer/daemon.log')).mode & 0o777).toBe(0o600);
    expect(await json('up')).toEqual({ ...first, status: 'already_running' });
    expect((await cli('up', '--port', '1', '--config', 'x.json')).stderr).toBe(
      '--port and --config change nothing: this daemon runs already, for real; stop it first with: codencer down\n',
    );
    const inside = join(root, 'a/b');
    mkdirSync(inside, { recursive: true });
    expect(await json('instance')).toMatchObject({ repo_root: root, pid: first['pid'], base_url: first['base_url'] });
    expect(await json('down')).toEqual({ status: 'stopped', pid: first['pid'] });
    expect(daemonPid()).toBeNull();
    expect(await cli('instance')).toMatchObject({ exitCode: 5, stdout: '' });
    expect(await json('down')).toEqual({ status: 'not_running' });
  });

  it('at once make one daemon', async () => {
    const { json } = createCliRepository();
    const ups = await Promise.all([json('up'), json('up'), json('up')]);
    expect(new Set(ups.map((up) => up['pid'])).size).toBe(1);
  });

  it('--sim simulates the agents', async () => {
    const { cli, json } = createCliRepository();
    expect(await json('up', '--sim')).toMatchObject({ execution_mode: 'simulation' });
    const submitted = await cli('submit', '--new-run', '--goal', 'Say hello', '--wait', '--json');
    expect(submitted.exitCode).toBe(0);
    expect(JSON.parse(submitted.stdout)).toMatchObject({ state: 'completed', is_simulation: true });
  });

  it('up writes no log through a link or into a pipe that a repository brought', async () => {
    const { cli, root } = createCliRepository();
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'daemon.log'), '');
    const state = join(root, '.codencer');
    symlinkSync('elsewhere', state);
    expect((await cli('up')).stderr).toContain(`${state} is a symbolic link, which is not followed`);
    rmSync(state);
    mkdirSync(state);
    symlinkSync('../elsewhere/daemon.log', join(state, 'daemon.log'));
    const linked = await cli('up');
    expect([linked.exitCode, linked.stderr]).toEqual([
      5,
      expect.stringContaining('symbolic link, which is not followed'),
    ]);
    rmSync(join(state, 'daemon.log'));
    execFileSync('mkfifo', [join(state, 'daemon.log')]);
    expect((await cli('up')).stderr).toContain('is a pipe that nobody reads');
    expect(readFileSync(join(elsewhere, 'daemon.log'), 'utf8')).toBe('');
  });

  it('up says in the daemon’s own words why it cannot start', async () => {
    const { cli, root, repository } = createCliRepository();
    repository.git('update-ref', '-d', 'HEAD');
    const { exitCode, stdout, stderr } = await cli('up');
    expect([exitCode, stdout]).toEqual([5, '']);
    expect(stderr).toMatch(/^starting the daemon: it ended before it was ready: .*commit/);
    expect(existsSync(join(root, '.codencer'))).toBe(false);
    mkdirSync(join(root, '.codencer'));
    expect((await cli('up')).stderr).toContain(`Its log: ${join(root, '.codencer/daemon.log')}`);
  });

  it('up leaves nothing where a folder above only looks like a repository', async () => {
    const { cli, root } = createCliRepository();
    rmSync(join(root, '.git'), { recursive: true });
    pretendRepository(root, 'nonsense');
    expect((await cli('up')).exitCode).toBe(5);
    expect(existsSync(join(root, '.codencer'))).toBe(false);
  });

  it('the daemon in the foreground ends with 0 on SIGTERM', async () => {
    const { start, daemonPid } = createCliRepository();
    const daemon = start(['daemon', '--port', '0', '--sim']);
    await waitUntil(() => daemonPid() !== null);
    expect(daemonPid()).toBe(daemon.child.pid);
    daemon.child.kill('SIGTERM');
    expect(await daemon.ended).toEqual({ exitCode: 0, signal: null });
  });

  it('doctor finds nothing wrong with a daemon that runs, and something with one that was killed', async () => {
    const { cli, json, daemonPid, killDaemon } = createCliRepository();
    expect((await cli('doctor')).exitCode).toBe(0);
    await cli('up');
    const well = await json('doctor');
    expect(well).toMatchObject({ ok: true });
    killDaemon();
    await waitUntil(() => daemonPid() === null);
    const ill = await cli('doctor');
    expect(ill.exitCode).toBe(5);
    expect(ill.stdout).toContain('[ERROR]  daemon: ');
  });
});

describe('a step from the command line', { timeout: LONG_MS }, () => {
  it('ends in each state with its exit code, and leaves evidence', async () => {
    const { cli, json, root } = createCliRepository({ 'a.txt': 'a\n', 'package.json': '{}\n' });
    await cli('up');
    await cli('run', 'start', 'r1');
    const submit = async (name: string, task: string) => {
      writeFileSync(join(root, '../task.json'), task);
      const { exitCode, stdout, stderr } = await cli('submit', 'r1', '--task-json', '../task.json', '--wait', '--json');
      return { name, exitCode, stderr, result: JSON.parse(stdout) };
    };
    const good = await submit('good', commandTask(['echo changed > a.txt', 'echo hello']));
    expect(good).toMatchObject({ exitCode: 0, result: { state: 'completed', files_changed: ['a.txt'] } });
    const stepId: string = good.result.step_id;
    expect((await cli('step', 'logs', stepId)).stdout).toContain('hello');
    expect((await cli('step', 'diff', stepId)).stdout).toContain('+changed');
    expect((await cli('step', 'artifacts', stepId)).stdout).toContain('diff.patch');
    expect((await cli('step', 'result', stepId)).stdout).toContain('State:   completed');
    expect((await cli('step', 'list', 'r1')).stdout).toContain(stepId);

    const opened = await json('step', 'open', stepId);
    expect(opened).toMatchObject({
      step_id: stepId,
      worktree: null,
      restore: expect.arrayContaining([expect.any(String)]),
    });
    const into = join(root, '../restored');
    expect((await cli('salvage', 'restore', String(opened['attempt_id']), '--into', into)).exitCode).toBe(0);
    expect(readFileSync(join(into, 'a.txt'), 'utf8')).toBe('changed\n');

    const checks = [{ name: 'no', command: 'exit 7' }];
    const invalid = await submit('invalid', commandTask(['true'], { validations: checks }));
    expect(invalid).toMatchObject({ exitCode: 2, result: { state: 'failed_validation' } });
    expect((await cli('step', 'validations', invalid.result.step_id)).stdout).toContain('[FAIL] no');
    const late = await submit('late', commandTask(['sleep 30'], { timeout_seconds: 1 }));
    expect(late).toMatchObject({ exitCode: 3, result: { state: 'timeout' } });

    const gated = await submit('gated', commandTask(["echo '{ }' > package.json"]));
    expect(gated).toMatchObject({ exitCode: 4, result: { state: 'needs_approval' } });
    const [gate = ''] = gated.result.gates;
    expect(gated.stderr).toContain(`gate approve ${gate}`);
    expect((await cli('gate', 'list', '--state', 'pending')).stdout).toContain(gate);
    expect((await cli('gate', 'approve', `gate-${gated.result.step_id}`, '--reason', 'seen')).exitCode).toBe(0);
    expect((await cli('step', 'wait', gated.result.step_id)).exitCode).toBe(0);
    expect((await cli('gate', 'approve', gate, '--json')).exitCode).toBe(5);
    expect((await cli('gate', 'show', gate)).stdout).toContain('Because:   seen');
    expect((await cli('audit', 'verify')).stdout).toMatch(/^The record holds \(/);
  });

  it('is cancelled, retried and resolved', async () => {
    const { cli, json, root } = createCliRepository();
    await cli('up');
    writeFileSync(join(root, '../task.json'), commandTask(['sleep 60']));
    const step = await json('submit', '--new-run', '--task-json', '../task.json');
    const id = String(step['id']);
    expect((await cli('step', 'cancel', id, '--reason', 'enough')).exitCode).toBe(0);
    expect((await cli('step', 'wait', id)).exitCode).toBe(4);
    const refused = await cli('step', 'resolve', id, '--as', 'nonsense', '--reason', 'x');
    expect(refused.exitCode).toBe(1);
    expect((await cli('step', 'resolve', id, '--as', 'failed_terminal', '--reason', 'seen')).exitCode).toBe(0);
    expect((await cli('step', 'wait', id)).exitCode).toBe(2);
  });

  it('is waited for across a restart of the daemon', async () => {
    const { cli, start, root, killDaemon } = createCliRepository();
    await cli('up');
    const proof = join(root, '../started');
    const retry = { max_attempts: 2, base_seconds: 0, on: ['interrupted'] };
    const run = `test -e ${proof} || { touch ${proof}; sleep 60; }`;
    writeFileSync(join(root, '../task.json'), commandTask([run], { retry }));
    const waiting = start(['submit', '--new-run', '--task-json', '../task.json', '--wait', '--json']);
    await waitUntil(() => existsSync(proof) && waiting.stderr().includes('Waiting for step'));
    killDaemon();
    await waitUntil(() => waiting.stderr().includes('trying again'));
    await cli('up');
    expect(await waiting.ended).toEqual({ exitCode: 0, signal: null });
    expect(JSON.parse(waiting.stdout())).toMatchObject({ state: 'completed' });
  });
});

describe('the daemon’s own exit codes (CLI-3)', () => {
  it.each([
    [['daemon', '--nope'], 2],
    [['daemon', 'word'], 2],
    [['daemon', '--repo-root'], 2],
    [['daemon', '-h'], 0],
    [['daemon', '--help'], 0],
  ])('%j exits %d', async (args, exitCode) => {
    expect((await runCli(args)).exitCode).toBe(exitCode);
  });

  it('1 when it cannot start, with one sentence', async () => {
    const { start, root } = createCliRepository();
    const daemon = start(['daemon', '-repo-root', join(root, 'nowhere')]);
    expect(await daemon.ended).toMatchObject({ exitCode: 1 });
    expect(daemon.stderr()).toMatch(/^codencer: .*nowhere/);
  });
});
