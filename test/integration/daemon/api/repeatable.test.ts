import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AttemptId } from '../../../../contract/ids.ts';
import { listRunSteps } from '../../../../main/daemon/services/read-runs.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { command, createTaskClient } from '../../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../../support/temporary-repository.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';
import { startTestDaemon } from '../../../support/test-daemon.ts';

const TASK = '{"version":"v1","goal":"once","adapter_profile":"codex","is_simulation":true}';
const SUBMIT = '/api/v1/runs/http1/steps';

describe('HTTP-38: a request with a key', () => {
  let test: TestApi;
  let passedMs = 0;
  let asks: AttemptId | null = null;
  beforeEach(async () => {
    passedMs = 0;
    asks = null;
    test = await startTestApi({
      changed: { clock: () => Date.now() + passedMs },
      peers: { attemptOf: async () => asks },
    });
    insertRun(test.store);
  });
  const send = (path: string, key: string, body: string) =>
    httpAnswer({ port: test.port, method: 'POST', path, body, headers: { 'idempotency-key': key } });
  const steps = () => listRunSteps(test.context, { runId: sample.run({}).id });

  it('has one effect and one answer', async () => {
    const [first, second] = [await send(SUBMIT, 'k', TASK), await send(SUBMIT, 'k', TASK)];
    expect([first.status, second.status, steps().length]).toEqual([202, 202, 1]);
    expect(second.body).toBe(first.body);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect((await send(SUBMIT, 'other', TASK)).status).toBe(202);
    expect(steps()).toHaveLength(2);
  });

  it('has one effect when it is sent many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(SUBMIT, 'k', TASK)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(steps()).toHaveLength(1);
  });

  it.each([
    ['another body', SUBMIT, `${TASK} `],
    ['another path', `${SUBMIT}?x=1`, TASK],
    ['another operation', '/api/v1/gates/gate-s-min-a1', '{"action":"approve"}'],
  ])('is refused for %s', async (_, path, body) => {
    await send(SUBMIT, 'k', TASK);
    const answer = await send(path, 'k', body);
    expect([answer.status, answer.headers['x-codencer-error'], answer.body]).toEqual([
      409,
      'key_reused',
      'the key "k" belongs to another request: choose a new one for this\n',
    ]);
    expect(steps()).toHaveLength(1);
  });

  it('may be sent again after a refusal', async () => {
    const bad = await send('/api/v1/runs/nope/steps', 'k', TASK);
    expect(bad.status).toBe(404);
    expect((await send(SUBMIT, 'k', TASK)).status).toBe(202);
  });

  it('decides a gate once, and says so every time', async () => {
    test.store.steps.insert(sample.step({ record: { state: 'needs_approval' } }));
    test.store.attempts.insert(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS }));
    test.store.gates.insert(sample.gate({}));
    const decide = (key: string) => send('/api/v1/gates/gate-s-min-a1', key, '{"action":"approve"}');
    const answers = [await decide('k'), await decide('k')];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, ''],
      [200, ''],
    ]);
    expect((await decide('other')).headers['x-codencer-error']).toBe('gate_closed');
  });

  it.each(['', ' ', 'a b', 'ä', 'x'.repeat(256)])('is refused when the key is %j', async (key) => {
    const answer = await send(SUBMIT, Buffer.from(key).toString('latin1'), TASK);
    expect([answer.status, steps().length]).toEqual([400, 0]);
  });

  it('is not answered by what an attempt asked with the same key, nor the other way round', async () => {
    asks = sample.attempt({}).id;
    const ofAttempt = [await send(SUBMIT, 'k', `${TASK} `), await send(SUBMIT, 'k', `${TASK} `)];
    asks = null;
    const own = [await send(SUBMIT, 'k', TASK), await send(SUBMIT, 'k', TASK)];
    expect([...ofAttempt, ...own].map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    expect(new Set([...ofAttempt, ...own].map(({ body }) => body)).size).toBe(2);
    expect(steps()).toHaveLength(2);
  });

  it('is forgotten after a week', async () => {
    await send(SUBMIT, 'k', TASK);
    const kept = test.store.answeredRequests.get('k');
    passedMs = 8 * 24 * 3_600_000;
    expect((await send(SUBMIT, 'later', TASK)).status).toBe(202);
    expect([kept?.status, test.store.answeredRequests.get('k')]).toEqual([202, null]);
  });
});

describe('HTTP-38: a request with a key, and a daemon that starts anew', () => {
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = createRepository();
  });
  afterEach(() => {
    repository.remove();
  });

  it('is answered as before, also after a kill', async () => {
    const before = await startTestDaemon({ repoRoot: repository.root });
    await createTaskClient(before).startRun('r');
    const body = JSON.stringify({ version: 'v1', goal: 'once', ...command('true') });
    const headers = { 'idempotency-key': 'same' };
    const first = await before.request('POST', '/api/v1/runs/r/steps', body, headers);
    await before.kill();
    const after = await startTestDaemon({ repoRoot: repository.root });
    try {
      const second = await after.request('POST', '/api/v1/runs/r/steps', body, headers);
      expect([first.status, second.status, second.text]).toEqual([202, 202, first.text]);
      const steps = await after.request('GET', '/api/v1/runs/r/steps');
      expect(steps.json).toHaveLength(1);
    } finally {
      await after.stop();
    }
  });
});
