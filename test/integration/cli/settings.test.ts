import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCliRepository } from '../../support/cli-repository.ts';
import { runCliAt } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';

const SETTINGS = {
  file: '/etc/c.json',
  settings: [
    { key: 'slots', value: 4, source: 'file', source_path: '/etc/c.json', source_key: 'slots' },
    { key: 'redact', value: ['A', 'B'], source: 'environment', source_path: null, source_key: 'CODENCER_REDACT' },
    { key: 'host', value: '127.0.0.1', source: 'default', source_path: null, source_key: null },
    { key: 'port', value: 1, source: 'flag', source_path: null, source_key: '--port' },
  ],
};
const CHANGED = { file: '/etc/c.json', restart_needed: true, changed: [{ key: 'slots', overridden_by: null }] };
const startSettings = () =>
  startStub(byRoute({ 'GET /api/v1/settings': { body: SETTINGS }, 'PATCH /api/v1/settings': { body: CHANGED } }));

describe('config (CLI-25)', () => {
  it('list shows each value with where it came from', async () => {
    const stub = await startSettings();
    const { stdout } = await runCliAt(stub.url, ['config', 'list']);
    expect(
      stdout
        .split('\n')
        .slice(2)
        .map((line) => line.replace(/ {2,}/g, '|')),
    ).toEqual([
      'slots|4|slots in /etc/c.json',
      'redact|["A","B"]|CODENCER_REDACT in the environment',
      'host|127.0.0.1|the default',
      'port|1|--port',
      '',
    ]);
    expect(JSON.parse((await runCliAt(stub.url, ['config', 'list', '--json'])).stdout)).toEqual(SETTINGS);
  });

  it('get prints the value alone, and its source on stderr', async () => {
    const stub = await startSettings();
    expect(await runCliAt(stub.url, ['config', 'get', 'redact'])).toEqual({
      exitCode: 0,
      stdout: '["A","B"]\n',
      stderr: 'from CODENCER_REDACT in the environment\n',
    });
    expect(JSON.parse((await runCliAt(stub.url, ['config', 'get', 'slots', '--json'])).stdout)).toEqual({
      key: 'slots',
      value: 4,
      source: 'file',
      source_path: '/etc/c.json',
      source_key: 'slots',
    });
  });

  it('get of what is no setting names the one that it looks like', async () => {
    const stub = await startSettings();
    const { exitCode, stderr } = await runCliAt(stub.url, ['config', 'get', 'solts']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'reading settings: there is no setting "solts"\nDid you mean slots? What there is: codencer config list\n',
    );
  });

  it.each([
    [['slots', '4'], { slots: 4 }],
    [['redact', '["A"]'], { redact: ['A'] }],
    [['default_executor', 'command'], { default_executor: 'command' }],
    [['log_level', 'null'], { log_level: 'null' }],
    [['slots', '--unset'], { slots: null }],
  ])('set %j sends %j', async (args, sent) => {
    const stub = await startSettings();
    const { exitCode, stdout } = await runCliAt(stub.url, ['config', 'set', ...args]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stub.requests[0]?.body ?? '')).toEqual(sent);
    expect(stdout).toMatch(/^slots is written to \/etc\/c.json\nIt counts from the next start of the daemon: /);
  });

  it.each([[['slots']], [['slots', '4', '--unset']]])('set %j is refused', async (args) => {
    const { exitCode, stderr } = await runCliAt('http://127.0.0.1:1', ['config', 'set', ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('config set needs a value, or else --unset');
  });

  it('is what a daemon started with, from a file and back into it', { timeout: 60_000 }, async () => {
    const { cli, json, root } = createCliRepository();
    const file = join(root, '../codencer.json');
    writeFileSync(file, '{"slots": 3}');
    await cli('up', '--config', '../codencer.json');
    const source = { source: 'file', source_path: file, source_key: 'slots' };
    expect(await json('config', 'get', 'slots')).toEqual({ key: 'slots', value: 3, ...source });
    expect(await json('config', 'get', 'default_executor')).toMatchObject({ source: 'default' });
    expect((await cli('config', 'set', 'slots', '2')).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ slots: 2 });
    expect((await cli('config', 'set', 'slots', 'many')).exitCode).toBe(1);
  });

  it('follows a link to the file, which stays one', { timeout: 60_000 }, async () => {
    const { cli, root } = createCliRepository();
    const file = join(root, '../real.json');
    const link = join(root, '../link.json');
    writeFileSync(file, '{"slots": 3}');
    symlinkSync('real.json', link);
    await cli('up', '--config', link);
    expect((await cli('config', 'set', 'slots', '2')).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ slots: 2 });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it('set without a file says the commands that make one, and they do', { timeout: 60_000 }, async () => {
    const { cli, root } = createCliRepository();
    await cli('up', '--sim');
    const { exitCode, stdout, stderr } = await cli('config', 'set', 'slots', '2');
    expect([exitCode, stdout]).toEqual([1, '']);
    const file = `${root}.codencer.json`;
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toEqual([
      'this daemon was started without a configuration file: name one with --config and start it again',
      `Once: echo '{"slots":2}' > ${file} && codencer down && codencer up --sim --config ${file}`,
    ]);
    execFileSync('sh', ['-c', lines[1]?.slice(6).split(' && ')[0] ?? '']);
    expect((await cli('down')).exitCode).toBe(0);
    expect((await cli('up', '--sim', '--config', file)).exitCode).toBe(0);
    expect((await cli('config', 'set', 'slots', '4')).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ slots: 4 });
  });
});

const RUNNING = { attempt_id: 'a', title: 'T', executor: 'codex', started_at: null };

describe('queue', () => {
  it('shows what runs, and what each step waits for', async () => {
    const now = Date.now();
    const waiting = (stepId: string, blocked: string | null, more: object = {}) => ({
      step_id: stepId,
      title: 'T',
      priority: 0,
      enqueued_at: new Date(now - 65_000).toISOString(),
      blocked_reason: blocked,
      gates: [],
      not_before: null,
      ...more,
    });
    const body = {
      slots: 2,
      slots_used: 1,
      running: [
        { ...RUNNING, step_id: 's1', state: 'running' },
        { ...RUNNING, step_id: 's8', state: 'running', step_state: 'needs_approval' },
      ],
      waiting_total: 6,
      waiting: [
        waiting('s2', null),
        waiting('s3', 'gate', { gates: ['gate-s3-a1'] }),
        waiting('s4', 'run'),
        waiting('s5', 'not_before', { not_before: '2026-11-21T14:02:07Z' }),
        waiting('s6', 'slot'),
        waiting('s7', 'reason of tomorrow'),
      ],
    };
    const stub = await startStub(byRoute({ 'GET /api/v1/queue': { body } }));
    const { exitCode, stdout } = await runCliAt(stub.url, ['queue']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^1 of 2 slots are in use, 6 steps wait.\n/);
    expect(stdout).toMatch(/^s1 +running +codex[\s\S]*\ns8 +needs_approval +codex/m);
    const reasons = [...stdout.matchAll(/^s[2-7] +(.*?) +0 +1 min 5 s +T$/gm)].map(([, reason]) => reason);
    expect(reasons).toEqual([
      'nothing, it starts',
      'gate-s3-a1',
      'its run',
      'the time: 2026-11-21T14:02:07Z',
      'a free slot',
      'reason of tomorrow',
    ]);
    expect(JSON.parse((await runCliAt(stub.url, ['queue', '--json'])).stdout)).toEqual(body);
  });

  it('says when there is nothing', async () => {
    const body = { slots: 2, slots_used: 0, running: [], waiting_total: 0, waiting: [] };
    const stub = await startStub(byRoute({ 'GET /api/v1/queue': { body } }));
    expect((await runCliAt(stub.url, ['queue'])).stdout).toBe('Nothing runs and nothing waits.\n');
  });

  it('says which gates wait when nothing else does', async () => {
    const queue = { slots: 2, slots_used: 0, running: [], waiting_total: 0, waiting: [] };
    const gates = [{ id: 'gate-s1', state: 'pending' }];
    const routes = { 'GET /api/v1/queue': { body: queue }, 'GET /api/v1/gates': { body: gates } };
    const stub = await startStub(byRoute(routes));
    expect((await runCliAt(stub.url, ['queue'])).stdout).toBe(
      'Nothing runs.\nA gate waits for a decision: codencer gate list --state pending\n',
    );
  });
});
