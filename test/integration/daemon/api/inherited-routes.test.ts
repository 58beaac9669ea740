import { beforeEach, describe, expect, it } from 'vitest';

import { type HttpAnswer, httpAnswer, rawAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

/** What unmodified clients of the first version send and read, byte for byte where they could notice. */
describe('the inherited routes', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
  });

  const send = (method: string, path: string, body?: string): Promise<HttpAnswer> =>
    httpAnswer({ port: test.port, method, path, ...(body === undefined ? {} : { body }) });
  const get = (path: string) => send('GET', path);
  const addStep = (fields: Parameters<typeof sample.step>[0] = {}) => {
    insertRun(test.store);
    test.store.steps.insert(sample.step(fields));
  };

  it('HTTP-17: health is 15 bytes for any method', async () => {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      const answer = await send(method, '/health');
      expect([answer.status, answer.body, answer.headers['content-type'], answer.headers['content-length']]).toEqual([
        200,
        '{"status":"ok"}',
        'application/json',
        '15',
      ]);
    }
  });

  it('HTTP-15, HTTP-17: version and instance', async () => {
    expect((await send('PUT', '/version')).body).toBe('{"version":"0.0.0-test"}\n');
    const instance = await get('/api/v1/instance');
    expect(instance.headers['content-type']).toBe('application/json');
    expect(instance.body).toMatch(/^\{"version":"0\.0\.0-test","repo_root":"\/srv\/sample\/repo",.*\}\n$/);
  });

  it.each(['/', '/api', '/api/v1', '/api/v1/nope', '/api/v2/runs', '/health/', '/%'])(
    'HTTP-15: %s is no page',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(path === '/%' ? 400 : 404);
      if (path !== '/%') expect(answer.body).toBe('404 page not found\n');
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    },
  );

  it.each([
    ['POST', '/api/v1/instance'],
    ['DELETE', '/api/v1/runs'],
    ['PUT', '/api/v1/runs/http1'],
    ['POST', '/api/v1/runs/http1'],
    ['POST', '/api/v1/runs/http1/xyz'],
    ['DELETE', '/api/v1/steps/s-min'],
    ['POST', '/api/v1/steps/s-min/abort'],
    ['GET', '/api/v1/steps/s-min/abort'],
    ['GET', '/api/v1/steps/s-min/retry'],
    ['DELETE', '/api/v1/gates/x'],
    ['POST', '/api/v1/artifacts/x'],
    ['OPTIONS', '/api/v1/runs'],
    ['POST', '/api/v1/events'],
  ])('HTTP-15: %s %s is not allowed', async (method, path) => {
    const answer = await send(method, path);
    expect([answer.status, answer.body]).toEqual([405, 'Method not allowed\n']);
    expect(answer.headers['x-codencer-error']).toBe('method_not_allowed');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it('HTTP-15: HEAD is not allowed and has no body', async () => {
    const answer = await rawAnswer(
      test.port,
      `HEAD /api/v1/instance HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n[\s\S]*\r\n\r\n$/);
  });

  it.each(['/api/v1/runs/', '/api/v1/steps/', '/api/v1/gates/', '/api/v1/artifacts/', '/api/v1/salvage/'])(
    'HTTP-13: %s lacks the id',
    async (path) => {
      for (const method of ['GET', 'POST']) {
        const answer = await send(method, path, '{"action":"approve"}');
        expect([answer.status, answer.body]).toEqual([400, 'ID required\n']);
      }
    },
  );

  it.each([
    ['/api/v1//runs?state=running', '/api/v1/runs?state=running'],
    ['//api/v1/runs', '/api/v1/runs'],
    ['//evil.example/', '/evil.example/'],
    ['/api/v1/x/../runs', '/api/v1/runs'],
  ])('HTTP-14: %s is at %s', async (path, location) => {
    const answer = await get(path);
    expect([answer.status, answer.headers.location]).toEqual([301, location]);
  });

  it.each([
    '/api/v1/runs',
    '/api/v1/runs?state=bogus',
    '/api/v1/runs?project_id=%2e%2e%2f',
    '/api/v1/runs/nope/steps',
    '/api/v1/runs/nope/gates',
    '/api/v1/steps/nope/artifacts',
  ])('HTTP-20: %s is null', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.body, answer.headers['content-type']]).toEqual([200, 'null\n', 'application/json']);
  });

  it('HTTP-20: validations of nothing are an empty map', async () => {
    expect((await get('/api/v1/steps/nope/validations')).body).toBe('{}\n');
  });

  it.each([
    ['/api/v1/runs/nope', 'Not found'],
    ['/api/v1/runs/nope/xyz', 'Not found'],
    ['/api/v1/steps/nope', 'Not found'],
    ['/api/v1/steps/nope/result', 'step nope not found'],
    ['/api/v1/steps/nope/logs', 'Result not found: step nope not found'],
  ])('%s is 404 in the words that clients show', async (path, message) => {
    const answer = await get(path);
    expect([answer.status, answer.body]).toEqual([404, `${message}\n`]);
  });

  it.each([
    ['has%20space', 400],
    ['..%2f..%2fetc', 400],
    ['%2e%2e', 400],
    ['-x', 400],
    ['a'.repeat(129), 400],
    ['a%00b', 400],
    ['%ff', 400],
  ])('HTTP-13: %s cannot be an id', async (id, status) => {
    for (const path of [`/api/v1/runs/${id}`, `/api/v1/steps/${id}/result`, `/api/v1/attempts/${id}`]) {
      const answer = await get(path);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatch(/^[^\n]+\n$/);
    }
  });

  it('starts a run: 201 with its phase; a second one with its id is 409', async () => {
    const body = '{"conversation_id":"","executor_id":"","id":"day0","planner_id":"","project_id":"my-project"}';
    const answer = await send('POST', '/api/v1/runs', body);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatch(
      /^\{"id":"day0","project_id":"my-project","state":"running","created_at":"[^"]+","updated_at":"[^"]+","recovery_notes":"","Phases":\[\{"id":"phase-execution-day0","run_id":"day0","name":"Execution","seq_order":1,"created_at":"[^"]+","updated_at":"[^"]+","Steps":null\}\],"close_when_idle":false\}\n$/,
    );
    const again = await send('POST', '/api/v1/runs', body);
    expect([again.status, again.headers['x-codencer-error']]).toEqual([409, 'duplicate_id']);
    expect((await get('/api/v1/runs/day0')).body).toContain('"Phases":null');
  });

  it('starts a run with nothing said', async () => {
    const answer = await send('POST', '/api/v1/runs', '{}');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatch(/^\{"id":"run-[^"]+","project_id":"default-project","state":"running",/);
  });

  it('HTTP-16: a path below a run that means nothing is the run', async () => {
    insertRun(test.store);
    const run = await get('/api/v1/runs/http1');
    expect((await get('/api/v1/runs/http1/whatever')).body).toBe(run.body);
    expect((await get('/api/v1/runs/http1/a/b')).body).toBe(run.body);
    expect((await get('/api/v1/runs/http1/')).body).toBe(run.body);
  });

  it('accepts a step with 202, and it is there at once', async () => {
    insertRun(test.store);
    const answer = await send(
      'POST',
      '/api/v1/runs/http1/steps',
      '{"step_id":"s1","goal":"g","adapter_profile":"codex"}',
    );
    expect(answer.status).toBe(202);
    expect(answer.body).toMatch(
      /^\{"id":"s1","phase_id":"phase-execution-http1","title":"","goal":"g","state":"pending","policy":"","adapter":"codex","timeout_seconds":0,"created_at":/,
    );
    expect((await get('/api/v1/steps/s1')).body).toBe(answer.body);
    expect(JSON.parse((await get('/api/v1/runs/http1/steps')).body)).toHaveLength(1);
    expect((await get('/api/v1/steps/s1/result')).body).toContain('"state":"pending"');
  });

  it('refuses a step for a run that does not exist with 404', async () => {
    const answer = await send('POST', '/api/v1/runs/ghost/steps', '{"goal":"g"}');
    expect([answer.status, answer.headers['x-codencer-error']]).toEqual([404, 'run_not_found']);
    expect((await get('/api/v1/runs/ghost/steps')).body).toBe('null\n');
  });

  it('aborts a run with an empty 200, once', async () => {
    insertRun(test.store);
    const answer = await send('PATCH', '/api/v1/runs/http1', '{"action":"abort"}');
    expect([answer.status, answer.body, answer.headers['content-length']]).toEqual([200, '', '0']);
    expect(answer.headers['content-type']).toBeUndefined();
    expect((await get('/api/v1/runs/http1')).body).toContain('"state":"cancelled"');
    const again = await send('PATCH', '/api/v1/runs/http1', '{"action":"abort"}');
    expect([again.status, again.body]).toEqual([409, 'run is already terminal in state cancelled\n']);
    expect((await send('PATCH', '/api/v1/runs/nope', '{"action":"abort"}')).status).toBe(404);
  });

  it('completes a run by PATCH and by POST', async () => {
    insertRun(test.store);
    insertRun(test.store, 'http2');
    expect(await send('PATCH', '/api/v1/runs/http1', '{"action":"complete"}')).toMatchObject({ status: 200, body: '' });
    const answer = await send('POST', '/api/v1/runs/http2/complete');
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, expect.objectContaining({ state: 'completed' })]);
  });

  it('knows no other action', async () => {
    insertRun(test.store);
    const patch = await send('PATCH', '/api/v1/runs/http1', '{"action":"frob"}');
    expect([patch.status, patch.body]).toEqual([400, 'Invalid action\n']);
    const decide = await send('POST', '/api/v1/gates/g1', '{"action":"frob"}');
    expect([decide.status, decide.body]).toEqual([400, 'Unknown action\n']);
  });

  it('retries with an empty 202', async () => {
    addStep({ record: { state: 'failed_terminal' } });
    const answer = await send('POST', '/api/v1/steps/s-min/retry');
    expect([answer.status, answer.body, answer.headers['content-length']]).toEqual([202, '', '0']);
    expect((await get('/api/v1/steps/s-min')).body).toContain('"state":"pending"');
    expect((await send('POST', '/api/v1/steps/nope/retry')).status).toBe(404);
    expect((await send('POST', '/api/v1/steps/s-min/retry')).status).toBe(400);
  });

  it('cancels and resolves, and answers with the step', async () => {
    addStep({ record: { state: 'pending' } });
    const cancelled = await send('POST', '/api/v1/steps/s-min/cancel', '{"reason":"not now"}');
    expect([cancelled.status, JSON.parse(cancelled.body)]).toEqual([
      200,
      expect.objectContaining({ state: 'cancelled', status_reason: 'not now' }),
    ]);
    const resolved = await send('POST', '/api/v1/steps/s-min/resolve', '{"as":"completed","reason":"seen it"}');
    expect([resolved.status, JSON.parse(resolved.body)]).toEqual([
      200,
      expect.objectContaining({ state: 'completed' }),
    ]);
    const unexplained = await send('POST', '/api/v1/steps/s-min/resolve', '{"as":"completed"}');
    expect([unexplained.status, unexplained.body]).toEqual([400, 'reason: is required\n']);
  });

  it('HTTP-21: pages of runs stay where they are when runs are added', async () => {
    for (let number = 1; number <= 5; number += 1) {
      test.store.runs.insert(sample.run({ id: `r${number}`, createdAtMs: sample.AT_MS + number }));
    }
    const first = await get('/api/v1/runs?limit=2&project_id=default-project');
    expect(idsOf(first)).toEqual(['r5', 'r4']);
    test.store.runs.insert(sample.run({ id: 'r6', createdAtMs: sample.AT_MS + 6 }));
    const second = await get(nextOf(first));
    expect(idsOf(second)).toEqual(['r3', 'r2']);
    const third = await get(nextOf(second));
    expect([idsOf(third), third.headers.link]).toEqual([['r1'], undefined]);
    expect((await get('/api/v1/runs?after=nonsense')).status).toBe(400);
    expect((await get('/api/v1/runs?limit=0')).status).toBe(400);
    expect((await get('/api/v1/runs?limit=x')).body).toBe('limit: must be a whole number\n');
  });

  it('HTTP-21: the same question has a new answer as soon as something was recorded', async () => {
    const ask = async () => idsOf(await get('/api/v1/runs?state=running'));
    await send('POST', '/api/v1/runs', '{"id":"one"}');
    expect([await ask(), await ask()]).toEqual([['one'], ['one']]);
    await send('POST', '/api/v1/runs', '{"id":"two"}');
    expect(await ask()).toEqual(['two', 'one']);
    await send('PATCH', '/api/v1/runs/two', '{"action":"complete"}');
    expect(await ask()).toEqual(['one']);
    for (let number = 1; number <= 100; number += 1) await get(`/api/v1/runs?limit=${number}`);
    expect(await ask()).toEqual(['one']);
  });

  it('decides a gate once, by id or by the names that clients make up', async () => {
    addStep({ record: { state: 'needs_approval' } });
    test.store.attempts.insert(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS }));
    test.store.gates.insert(sample.gate({}));
    const listed = await get('/api/v1/gates?step=s-min&state=pending');
    expect(JSON.parse(listed.body)).toMatchObject([{ id: 'gate-s-min-a1', resolved_at: null }]);
    expect((await get('/api/v1/gates?step=other')).body).toBe('[]\n');
    expect((await get('/api/v1/gates?step=..')).body).toBe('[]\n');
    expect((await get('/api/v1/runs/http1/gates')).body).toBe(listed.body);
    expect(JSON.parse((await get('/api/v1/gates/gate-s-min')).body)).toMatchObject({ id: 'gate-s-min-a1' });
    const approved = await send('POST', '/api/v1/gates/gate-s-min', '{"action":"approve","reason":"fine"}');
    expect([approved.status, approved.body]).toEqual([200, '']);
    const twice = await send('POST', '/api/v1/gates/gate-s-min-a1', '{"action":"approve"}');
    expect([twice.status, twice.headers['x-codencer-error']]).toEqual([409, 'gate_closed']);
    const unknown = await send('POST', '/api/v1/gates/g1', '{"action":"approve"}');
    expect([unknown.status, unknown.headers['x-codencer-error']]).toEqual([404, 'gate_not_found']);
  });

  it('lists attempts without what only recovery needs', async () => {
    addStep();
    test.store.attempts.insert(sample.attempt({ mark: 'a-secret-mark' }));
    const list = await get('/api/v1/steps/s-min/attempts');
    expect(JSON.parse(list.body)).toMatchObject([{ id: 's-min-a1', number: 1, state: 'running' }]);
    expect(list.body).not.toContain('a-secret-mark');
    expect(JSON.parse((await get('/api/v1/attempts/s-min-a1')).body)).toMatchObject({ step_id: 's-min' });
    expect((await get('/api/v1/attempts/nope')).status).toBe(404);
    expect((await get('/api/v1/steps/nope/attempts')).status).toBe(404);
  });

  it('shows what is kept of an attempt and lets go of it', async () => {
    addStep();
    const refs = [{ name: 'refs/codencer/http1/s-min/s-min-a1', commit: 'd'.repeat(40) }];
    const salvage = { refs, bundles: [], cachesListed: [], notSaved: [], keptWorktree: null, containsSecret: false };
    test.store.attempts.insert(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS, salvage }));
    const shown = await get('/api/v1/salvage/s-min-a1');
    expect(JSON.parse(shown.body)).toMatchObject({ attempt_id: 's-min-a1', refs, restore: [expect.any(String)] });
    expect(JSON.parse((await get('/api/v1/salvage')).body)).toEqual([JSON.parse(shown.body)]);
    expect((await send('POST', '/api/v1/salvage/s-min-a1/release', '{}')).status).toBe(200);
    expect(test.store.events.read({ after: 0, limit: 10 }).map(({ type }) => type)).toContain('salvage.released');
    expect((await get('/api/v1/salvage/nope')).status).toBe(404);
  });

  it('verifies the record and tells about the machine', async () => {
    expect(JSON.parse((await get('/api/v1/audit/verify')).body)).toMatchObject({ ok: true, problems: [] });
    expect(JSON.parse((await get('/api/v1/diagnostics')).body)).toEqual({
      checks: [
        { name: 'disk', result: 'ok', detail: 'enough', advice: '' },
        { name: 'agents', result: 'ok', detail: expect.stringMatching(/^none is ready/), advice: '' },
      ],
    });
  });
});

const idsOf = ({ body }: HttpAnswer): readonly string[] => JSON.parse(body).map(({ id }: { id: string }) => id);
const nextOf = ({ headers }: HttpAnswer): string => /^<([^>]+)>; rel="next"$/.exec(String(headers.link))?.[1] ?? '';
