import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { WireChanges } from '../../../contract/wire/changes.ts';
import { WireCompatibility } from '../../../contract/wire/compatibility.ts';
import { WireQueue } from '../../../contract/wire/queue.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

/** Where each test finds what it needs: a daemon with one slot, a fake agent in its PATH, and a settings file. */
let repository: TemporaryRepository;
let daemon: TestDaemon;
let client: ReturnType<typeof createTaskClient>;
let bin: string;

const start = () =>
  startTestDaemon({
    repoRoot: repository.root,
    env: {
      CODENCER_SLOTS: '1',
      QWEN_SIMULATION_MODE: '1',
      CODENCER_ANTIGRAVITY_BROKER_URL: 'http://user:hidden-word@127.0.0.1:8088',
      MY_API_TOKEN: 'very-secret-value',
      PATH: `${bin}:${process.env['PATH']}`,
    },
  });

beforeAll(async () => {
  repository = createRepository();
  bin = join(dirname(repository.root), 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'claude'), '#!/bin/sh\necho "9.8.7 (Fake Agent)"\n');
  chmodSync(join(bin, 'claude'), 0o755);
  writeFileSync(join(bin, 'codex'), '#!/bin/sh\nsleep 60\n');
  chmodSync(join(bin, 'codex'), 0o755);
  daemon = await start();
  client = createTaskClient(daemon);
  await client.startRun('r');
});
afterAll(async () => {
  await daemon.stop();
  repository.remove();
});

const get = async (path: string) => daemon.request('GET', path);

it('HTTP-40: compatibility is what was found on this machine', async () => {
  const { adapters, environment, tier } = WireCompatibility.parse((await get('/api/v1/compatibility')).json);
  const found = (id: string) => adapters.find((adapter) => adapter.id === id);
  expect(tier).toBe(2);
  expect(environment.os).toBe(process.platform);
  expect(found('command')).toMatchObject({ status: 'active', available: true, mode: 'real', binary: '/bin/sh' });
  expect(found('simulation')).toMatchObject({ status: 'active', mode: 'simulation' });
  expect(found('claude')).toMatchObject({
    status: 'active',
    available: true,
    mode: 'real',
    binary: join(bin, 'claude'),
    version: '9.8.7 (Fake Agent)',
  });
  expect(found('codex')).toMatchObject({ binary: join(bin, 'codex'), version: null });
  expect(found('qwen')).toMatchObject({
    status: 'active',
    mode: 'simulation',
    detail: expect.stringMatching(/simulated/),
  });
});

it('HTTP-41: with one slot the second step waits for it', async () => {
  await client.submit('r', { step_id: 'first', ...command('sleep 60') });
  await expect.poll(async () => (await client.step('first')).state).toBe('running');
  await client.submit('r', { step_id: 'second', ...command('true') });
  const queue = WireQueue.parse((await get('/api/v1/queue')).json);
  expect([queue.slots, queue.slots_used]).toEqual([1, 1]);
  expect(queue.running).toMatchObject([{ step_id: 'first', attempt_id: 'first-a1' }]);
  expect(queue.waiting).toMatchObject([{ step_id: 'second', blocked_reason: 'slot' }]);
  const metrics = (await get('/metrics')).text;
  expect(metrics).toContain('codencer_queue_steps{blocked_reason="slot"} 1');
  expect(metrics).toContain('codencer_attempts_live{executor="command",state="running"} 1');
  await daemon.request('POST', '/api/v1/steps/first/cancel', { reason: 'enough' });
  await client.wait('second');
  expect(WireQueue.parse((await get('/api/v1/queue')).json).waiting).toEqual([]);
});

describe('HTTP-46: what an attempt changed', () => {
  beforeAll(async () => {
    const counter = join(daemon.state, 'tries');
    const script = [
      `echo x >> ${counter}`,
      `if [ $(wc -l < ${counter}) = 1 ]; then echo one > both.txt; exit 7; fi`,
      `echo two > both.txt; echo odd > "$(printf 'odd\\377')"; head -c 100 /dev/zero > zeros.bin`,
    ].join('\n');
    await client.run('r', { step_id: 'twice', ...command(script) });
    await daemon.request('POST', '/api/v1/steps/twice/retry', { reason: 'again' });
    await client.wait('twice');
  });
  const changes = async (query: string) => WireChanges.parse((await get(`/api/v1/steps/twice/changes${query}`)).json);

  it('is listed, page by page', async () => {
    const { attempt_id, total, files } = await changes('');
    expect([attempt_id, total]).toEqual(['twice-a2', 3]);
    expect(files.map(({ path, status, binary, additions }) => [path, status, binary, additions])).toEqual([
      ['both.txt', 'added', false, 1],
      ['"odd\\377"', 'added', false, 1],
      ['zeros.bin', 'added', true, null],
    ]);
    expect(files[2]?.size).toBe(100);
    const first = await get('/api/v1/steps/twice/changes?limit=2');
    expect(first.headers.get('link')).toBe('</api/v1/steps/twice/changes?limit=2&after=2>; rel="next"');
    expect((await changes('?limit=2&after=2')).files.map(({ path }) => path)).toEqual(['zeros.bin']);
  });

  it('is a patch of one file, whatever its name', async () => {
    const odd = await get(`/api/v1/steps/twice/diff?file=${encodeURIComponent('"odd\\377"')}`);
    expect([odd.status, odd.headers.get('content-type')]).toEqual([200, 'text/x-diff']);
    expect(odd.text).toMatch(/^diff --git "a\/odd\\377" "b\/odd\\377"\n/);
    expect(odd.text.match(/^diff --git/gm)).toHaveLength(1);
    expect((await get('/api/v1/steps/twice/diff?attempt=twice-a1&file=both.txt')).text).toContain('+one');
    expect(await get('/api/v1/steps/twice/diff?file=..%2Fx')).toMatchObject({
      status: 404,
      text: 'file: "../x" is not among the changed files\n',
    });
  });

  it('differs between two attempts', async () => {
    const { files, from_attempt_id } = await changes('?from=twice-a1&to=twice-a2');
    expect([from_attempt_id, files.map(({ path, status }) => [path, status])]).toEqual([
      'twice-a1',
      [
        ['both.txt', 'modified'],
        ['"odd\\377"', 'added'],
        ['zeros.bin', 'added'],
      ],
    ]);
    const patch = await get('/api/v1/steps/twice/diff?from=twice-a1&to=twice-a2&file=both.txt');
    expect(patch.text).toMatch(/-one\n\+two\n$/);
    expect((await get('/api/v1/steps/twice/diff?from=twice-a1&to=twice-a2')).text.match(/^diff --git/gm)).toHaveLength(
      3,
    );
  });

  it.each([
    ['diff?from=twice-a1', 'to: is required with from'],
    ['changes?to=twice-a1', 'from: is required with to'],
    ['diff?from=twice-a1&to=twice-a2&attempt=twice-a1', 'attempt: cannot stand beside from and to'],
    ['diff?attempt=..', 'attempt: '],
    ['changes?limit=10001', 'limit: must be at most 10000'],
  ])('HTTP-47: %s is refused in one sentence', async (path, sentence) => {
    const { status, text } = await get(`/api/v1/steps/twice/${path}`);
    expect([status, text.startsWith(sentence)]).toEqual([400, true]);
  });
});

it('artifacts are read again, and one that was changed is found', async () => {
  await client.run('r', { step_id: 'logged', ...command('echo said') });
  const artifacts = (await get('/api/v1/steps/logged/artifacts?text=stdout')).json as { id: string; path: string }[];
  const verify = async () => (await daemon.request('POST', `/api/v1/artifacts/${artifacts[0]?.id}/verify`)).json;
  expect(await verify()).toMatchObject({ ok: true, problem: '', size: 5 });
  const path = artifacts[0]?.path ?? '';
  chmodSync(path, 0o644);
  writeFileSync(path, 'lies\n');
  expect(await verify()).toMatchObject({ ok: false, problem: expect.stringContaining(path) });
  rmSync(path);
  expect(await verify()).toMatchObject({ ok: false });
  expect((await daemon.request('POST', '/api/v1/artifacts/none/verify')).status).toBe(404);
});

it('HTTP-49: settings say where they come from, and no secret', async () => {
  const { text, json } = await get('/api/v1/settings');
  const { settings, file } = json as { settings: { key: string; value: unknown; source: string }[]; file: unknown };
  const found = (key: string) => settings.find((setting) => setting.key === key);
  expect(file).toBeNull();
  expect(found('slots')).toMatchObject({
    value: 1,
    source: 'environment',
    source_key: 'CODENCER_SLOTS',
    in_file: true,
  });
  expect(found('log_level')).toMatchObject({ value: 'info', source: 'default' });
  expect(found('simulation.qwen')).toMatchObject({ value: true, source: 'environment' });
  expect(text).not.toMatch(/hidden-word|very-secret-value/);
  expect(text).not.toContain(daemon.token);
  const refused = await daemon.request('PATCH', '/api/v1/settings', { slots: 2 });
  expect([refused.status, refused.text]).toEqual([
    400,
    expect.stringMatching(/^this daemon was started without a configuration file: /),
  ]);
});

it('HTTP-49: settings are written into the file that was named, and count from the next start on', async () => {
  const other = createRepository();
  const configPath = join(dirname(other.root), 'settings.json');
  writeFileSync(configPath, '{"slots": 2, "log_level": "warn"}', { mode: 0o600 });
  const env = { LOG_LEVEL: 'info' };
  const first = await startTestDaemon({ repoRoot: other.root, configPath, env });
  const change = (body: unknown) => first.request('PATCH', '/api/v1/settings', body);
  const answers = await Promise.all([change({ slots: 7 }), change({ log_level: 'debug' }), change({ redact: ['A'] })]);
  expect(answers[1]?.json).toEqual({
    file: configPath,
    restart_needed: true,
    changed: [{ key: 'log_level', overridden_by: 'LOG_LEVEL in the environment' }],
  });
  expect(JSON.parse(readFileSync(configPath, 'utf8'))).toEqual({ slots: 7, log_level: 'debug', redact: ['A'] });
  for (const [body, sentence] of [
    [{ slots: 0 }, /^slots in ".+settings.json" must be a whole number/],
    [{ slots: 3, colour: 1 }, /^colour in ".+" is not a known key/],
    [{}, /^body: names no setting/],
    [[], /^body: must be an object/],
  ] as const) {
    const refused = await change(body);
    expect([refused.status, refused.text]).toEqual([400, expect.stringMatching(sentence)]);
  }
  expect(JSON.parse(readFileSync(configPath, 'utf8')).slots).toBe(7);
  const events = (await first.request('GET', '/api/v1/events?format=json&type=settings.changed')).json;
  // Which of the three was first is nobody's to say.
  const told = ['slots', 'log_level', 'redact'].map((key) =>
    expect.objectContaining({ actor: 'operator', payload: { file: configPath, keys: [key] } }),
  );
  expect(events).toHaveLength(told.length);
  expect(events).toEqual(expect.arrayContaining(told));
  await first.stop();
  const second = await startTestDaemon({ repoRoot: other.root, configPath, env });
  const { settings } = (await second.request('GET', '/api/v1/settings')).json as { settings: { key: string }[] };
  expect(settings.find(({ key }) => key === 'slots')).toMatchObject({
    value: 7,
    source: 'file',
    source_path: configPath,
  });
  await second.stop();
  other.remove();
});

it('HTTP-49: an executor may not change settings', async () => {
  const node = `'${process.execPath}' -e "fetch('${daemon.baseUrl}/api/v1/settings',{method:'PATCH',body:'{}',headers:{authorization:'Bearer ${daemon.token}'}}).then(a=>console.log(a.status))"`;
  await client.run('r', { step_id: 'meddler', ...command(node) });
  expect((await get('/api/v1/steps/meddler/logs')).text).toBe('403\n');
});

it('HTTP-50: the daemons of this user are listed, and one that was killed is stale', async () => {
  const other = createRepository();
  const state = join(dirname(repository.root), 'state');
  const second = await startTestDaemon({ repoRoot: other.root, env: { XDG_STATE_HOME: state } });
  const list = async () => {
    const { json } = await get('/api/v1/instances');
    const { instances } = json as { instances: { state: string; self: boolean; instance: { pid: number } }[] };
    return instances.map(({ state: life, self, instance }) => [instance.pid, life, self]);
  };
  expect(new Set(await list())).toEqual(
    new Set([
      [daemon.pid, 'live', true],
      [second.pid, 'live', false],
    ]),
  );
  await second.kill();
  expect(new Set(await list())).toEqual(
    new Set([
      [daemon.pid, 'live', true],
      [second.pid, 'stale', false],
    ]),
  );
  other.remove();
});

it('HTTP-48: gauges are true after a restart, counters begin anew', async () => {
  const gated = { step_id: 'gated', ...command('echo "{}" > package.json') };
  await client.run('r', gated);
  const line = async (name: string) => new RegExp(`^${name} (\\S+)$`, 'm').exec((await get('/metrics')).text)?.[1];
  expect(await line('codencer_gates_pending')).toBe('1');
  const events = Number(await line('codencer_events_recorded'));
  await daemon.stop();
  daemon = await start();
  client = createTaskClient(daemon);
  expect(await line('codencer_gates_pending')).toBe('1');
  expect(await line('codencer_redactions_total')).toBe('0');
  expect(Number(await line('codencer_events_recorded'))).toBeGreaterThanOrEqual(events);
  await client.run('r', { step_id: 'leaky', ...command('echo $MY_API_TOKEN $MY_API_TOKEN') });
  expect(Number(await line('codencer_redactions_total'))).toBeGreaterThanOrEqual(2);
  await daemon.request('POST', '/api/v1/gates/gate-gated-a1', { action: 'approve' });
  expect(await line('codencer_gates_pending')).toBe('0');
  expect(await line('codencer_gate_wait_seconds_count\\{state="approved"\\}')).toBe('1');
});

it('diagnostics say of each thing what it is and what to do', async () => {
  repository.write('changed.txt', 'not committed');
  const { checks } = (await get('/api/v1/diagnostics')).json as { checks: { result: string; advice: string }[] };
  expect(checks.length).toBeGreaterThan(5);
  for (const { result, advice } of checks) expect(result === 'ok' || advice !== '').toBe(true);
});
