import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMarked } from '../../../main/daemon/adapters/process/environment-mark.ts';
import { httpAnswer, openAnswer } from '../../support/http-request.ts';
import { createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const programs = join(import.meta.dirname, '../../fixtures/programs');
const TALKER = `'${process.execPath}' '${join(programs, 'terminal-talker.mjs')}'`;
const KEY = 'correct-horse-battery-42';

describe('an attempt on a terminal', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  const profile = (name: string, runs: readonly string[], more: object = {}) => {
    const steps = runs.map((run) => ({ run }));
    const text = JSON.stringify({ agent: 'command', terminal: true, recipe: { steps }, ...more });
    writeFileSync(join(repository.root, '.codencer/executors', `${name}.yaml`), text);
  };

  beforeAll(async () => {
    repository = createRepository({ 'README.md': '# test\n' });
    mkdirSync(join(repository.root, '.codencer/executors'), { recursive: true });
    daemon = await startTestDaemon({ repoRoot: repository.root, env: { MY_VALUE: KEY } });
    client = createTaskClient(daemon);
    await client.startRun('r');
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  const pathOf = (attempt: string) => `/api/v1/attempts/${attempt}/terminal`;
  const get = (attempt: string, query = '') => httpAnswer({ port: daemon.port, path: `${pathOf(attempt)}${query}` });
  const post = (attempt: string, what: string, body: string) =>
    httpAnswer({ port: daemon.port, method: 'POST', path: `${pathOf(attempt)}/${what}`, body });
  const sees = (attempt: string, text: string) => waitUntil(async () => (await get(attempt)).body.includes(text));
  const size = (cols: number, rows: number) => JSON.stringify({ cols, rows });
  const start = async (stepId: string, profileName: string) => {
    await client.submit('r', { step_id: stepId, adapter_profile: profileName });
    return `${stepId}-a1`;
  };
  const events = async (stepId: string, type: string): Promise<unknown> => {
    const path = `/api/v1/events?format=json&step=${stepId}&type=${type}`;
    return JSON.parse((await httpAnswer({ port: daemon.port, path })).body);
  };

  it('TERM-2, TERM-7, TERM-8: is read live, typed into and resized, and read when it has ended', async () => {
    profile('talker', [`echo "secret $AGENT_KEY"; ${TALKER}`], { environment: { AGENT_KEY: 'MY_VALUE' } });
    const attempt = await start('talk', 'talker');
    await sees(attempt, 'size 80x24');
    const live = await openAnswer({ port: daemon.port, path: `${pathOf(attempt)}?follow=true` });
    let followed = '';
    const ended = new Promise((resolve) => live.once('end', resolve));
    live.setEncoding('utf8').on('data', (text: string) => {
      followed += text;
    });
    expect(await post(attempt, 'size', size(132, 43))).toMatchObject({ status: 200 });
    await waitUntil(() => followed.includes('size 132x43'));
    for (const words of ['hel', 'lo\r']) {
      expect(await post(attempt, 'input?attach=one', words)).toMatchObject({ status: 200, body: '' });
    }
    await waitUntil(() => followed.includes('heard hello\r\n'));
    expect(await post(attempt, 'input?attach=two', 'bye\r')).toMatchObject({ status: 200 });
    await ended;
    await client.wait('talk');

    const whole = await get(attempt, '?follow=true');
    expect(whole).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/octet-stream' },
      body: followed,
    });
    expect(followed).toMatch(/^secret \[.*\]\r\nterminal\r\nsize 80x24\r\n/);
    expect(followed).not.toContain(KEY);
    for (const query of ['', '?follow=1']) {
      const logs = await httpAnswer({ port: daemon.port, path: `/api/v1/steps/talk/logs${query}` });
      expect(logs.body).toBe(followed);
    }
    expect((await get(attempt, '?offset=3&limit=4')).body).toBe(followed.slice(3, 7));
    expect((await get(attempt)).headers).toMatchObject({
      'x-codencer-attempt': attempt,
      'x-codencer-log-bytes': String(followed.length),
      'x-codencer-log-live': 'false',
    });

    for (const refused of [await post(attempt, 'input', 'x'), await post(attempt, 'size', size(80, 24))]) {
      expect(refused).toMatchObject({ status: 409, headers: { 'x-codencer-error': 'state_conflict' } });
      expect(refused.body).toBe('attempt talk-a1 has ended: failed_terminal\n');
    }
    expect(await client.result('talk')).toMatchObject({ state: 'failed_terminal', exit_code: 7 });
    const typed = await events('talk', 'terminal.typed_into');
    expect(typed).toMatchObject([{ actor: 'operator', attempt_id: attempt, payload: {} }, { actor: 'operator' }]);
    expect(typed).toHaveLength(2);
    expect(JSON.stringify(await events('talk', ''))).not.toContain('hello');
  });

  it('TERM-6: has one program after the other, each as large as was last wished for', async () => {
    profile('twice', ['echo ready; read a; echo "one:$a"', 'stty size; read b; echo "two:$b" > made.txt']);
    const attempt = await start('twice', 'twice');
    await sees(attempt, 'ready');
    await post(attempt, 'size', size(99, 9));
    await post(attempt, 'input', 'a\r');
    await sees(attempt, '9 99');
    await post(attempt, 'input', 'b\r');
    await client.wait('twice');
    expect(await client.result('twice')).toMatchObject({ state: 'completed', files_changed: ['made.txt'] });
  });

  it('TERM-3: is stopped with whoever is on it', async () => {
    profile('stubborn', [`trap "" TERM HUP; (trap "" TERM HUP; sleep 60) & echo "mark $CODENCER_MARK."; sleep 60`]);
    const attempt = await start('stop', 'stubborn');
    await sees(attempt, '.\r\n');
    const mark = /mark (.*)\.\r\n/.exec((await get(attempt)).body)?.[1] ?? 'none';
    expect(findMarked(mark).length).toBeGreaterThan(1);
    await daemon.request('POST', '/api/v1/steps/stop/cancel', { reason: 'enough' });
    await client.wait('stop');
    expect(await client.step('stop')).toMatchObject({ state: 'cancelled' });
    expect(findMarked(mark)).toEqual([]);
  });

  it('TERM-7, HTTP-6: does not let its own program type', async () => {
    const url = `${daemon.baseUrl}${pathOf('own-a1')}`;
    const ask = `'${process.execPath}' '${join(programs, 'approve-gate.mjs')}'`;
    profile('typist', [`${ask} ${url}/input; ${ask} ${url}/size; echo done`]);
    const attempt = await start('own', 'typist');
    await client.wait('own');
    expect((await get(attempt)).body).toBe('403 403 done\r\n');
    expect(await events('own', 'access.refused')).toMatchObject([
      { actor: 'executor:own-a1', payload: { path: `${pathOf('own-a1')}/input` } },
      { actor: 'executor:own-a1' },
    ]);
    expect(await events('own', 'terminal.typed_into')).toEqual([]);
  });

  it('TERM-8: refuses what makes no sense, and takes bytes of a page as well', async () => {
    profile('quiet', ['read x']);
    const attempt = await start('quiet', 'quiet');
    await waitUntil(async () => (await post(attempt, 'size', size(80, 24))).status === 200);
    expect(await post(attempt, 'size', size(0, 24))).toMatchObject({ status: 400 });
    expect(await post(attempt, 'size', size(80, 1001))).toMatchObject({ status: 400 });
    expect(await post(attempt, 'input', '')).toMatchObject({ status: 400 });
    expect(await post(attempt, 'input', 'x'.repeat(64 * 1024 + 1))).toMatchObject({ status: 413 });
    expect(await post('nobody', 'input', 'x')).toMatchObject({ status: 404 });
    const page = { origin: daemon.baseUrl, authorization: `Bearer ${daemon.token}` };
    const typed = { port: daemon.port, method: 'POST', path: `${pathOf(attempt)}/input`, body: 'x\r' };
    const asText = { ...page, 'content-type': 'text/plain' };
    expect(await httpAnswer({ ...typed, headers: asText })).toMatchObject({ status: 400 });
    const asBytes = { ...page, 'content-type': 'application/octet-stream' };
    expect(await httpAnswer({ ...typed, headers: asBytes })).toMatchObject({ status: 200 });
    await client.wait('quiet');

    await client.submit('r', {
      step_id: 'plain',
      adapter_profile: 'command',
      recipe: { steps: [{ run: 'sleep 60' }] },
    });
    await waitUntil(async () => (await client.step('plain')).state === 'running');
    expect(await get('plain-a1')).toMatchObject({ status: 204 });
    const refused = await post('plain-a1', 'input', 'x');
    expect(refused).toMatchObject({ status: 409, body: 'attempt plain-a1 runs without a terminal\n' });
    await daemon.request('POST', '/api/v1/steps/plain/cancel', { reason: 'enough' });
  });
});
