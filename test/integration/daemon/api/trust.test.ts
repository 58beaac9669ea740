import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';

import { type HttpAnswer, httpAnswer, rawAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { peerOfAttempt, startTestApi, type TestApi, TOKEN } from '../../../support/test-api.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const authorization = `Bearer ${TOKEN}`;
const SUBMIT = {
  method: 'POST',
  path: '/api/v1/runs/http1/steps',
  body: '{"goal":"g","validations":[{"command":"id"}]}',
};

describe('hostile pages', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
  });

  /** A page's simple request: no preflight stands in its way. */
  const submitAs = (headers: Readonly<Record<string, string>>): Promise<HttpAnswer> =>
    httpAnswer({ port: test.port, ...SUBMIT, headers: { 'content-type': 'text/plain', ...headers } });
  const steps = () => test.store.steps.listOfRun(sample.run({}).id);

  it.each([
    ['HTTP-2: a page of a foreign origin', { origin: 'http://evil.example' }],
    ['HTTP-2: a page that hides its origin', { origin: 'null' }],
    ['HTTP-2: a page of a dev server that an agent opened', { origin: 'http://localhost:3000' }],
    ['HTTP-2: a page served from an artifact, which is sandboxed', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['HTTP-3: a form of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['HTTP-3: a page on another port', { 'sec-fetch-site': 'same-site' }],
    ['HTTP-1: a page behind a rebound name', { host: 'evil.example' }],
    [
      'HTTP-1: a page behind a rebound name that speaks of itself',
      { host: 'evil.example:80', origin: 'http://evil.example' },
    ],
  ])('%s gets 403, with the token too', async (_who, headers) => {
    for (const more of [{}, { authorization }]) {
      const answer = await submitAs({ ...headers, ...more });
      expect(answer.status).toBe(403);
      expect(answer.headers['x-codencer-error']).toMatch(/^forbidden_(origin|host)$/);
    }
    expect(steps()).toEqual([]);
  });

  it('HTTP-2: nor may it read', async () => {
    const answer = await httpAnswer({ port: test.port, path: '/api/v1/runs', headers: { origin: 'null' } });
    expect(answer.status).toBe(403);
    const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    expect((await httpAnswer({ port: test.port, path: '/health', headers: image })).status).toBe(403);
  });

  it('HTTP-8: a preflight learns nothing', async () => {
    const headers = { origin: 'http://evil.example', 'access-control-request-method': 'POST' };
    const answer = await httpAnswer({ port: test.port, method: 'OPTIONS', path: '/api/v1/runs', headers });
    expect(answer.status).toBe(403);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('HTTP-5: our own page gets nothing without the token', async () => {
    const origin = `http://127.0.0.1:${test.port}`;
    const answer = await submitAs({ origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' });
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(steps()).toEqual([]);
    const page = { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', authorization };
    expect((await submitAs(page)).status).toBe(202);
  });

  it('HTTP-1: a request without Host, or with the address of another, is refused', async () => {
    expect(await rawAnswer(test.port, 'GET /health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await rawAnswer(test.port, 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 40[03] /,
    );
    const absolute = `GET http://evil.example/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await rawAnswer(test.port, absolute)).toMatch(/^HTTP\/1\.1 403 /);
    const twice = `GET /health HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:${test.port}\r\nConnection: close\r\n\r\n`;
    expect(await rawAnswer(test.port, twice)).toMatch(/^HTTP\/1\.1 40[03] /);
  });

  it('HTTP-1: nothing is done before somebody is let in', async () => {
    const answer = await httpAnswer({
      port: test.port,
      ...SUBMIT,
      body: 'x'.repeat(9_000_000),
      headers: { host: 'evil.example' },
    });
    expect(answer.status).toBe(403);
  });

  it('HTTP-8: every answer is guarded and named', async () => {
    for (const path of ['/health', '/api/v1/runs', '/api/v1/runs/nope', '/nope', '/api/v1//runs']) {
      const { headers } = await httpAnswer({ port: test.port, path, headers: { 'x-request-id': 'my-request.1' } });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'x-request-id': 'my-request.1',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('HTTP-8: a request id that could break a log is replaced', async () => {
    const headers = { 'x-request-id': 'a b"c' };
    const answer = await httpAnswer({ port: test.port, path: '/health', headers });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('who gets in without a token', () => {
  const get = (port: number, headers: Readonly<Record<string, string>> = {}) =>
    httpAnswer({ port, path: '/api/v1/runs', headers });

  it('HTTP-5: a process of the same user', async () => {
    const { port } = await startTestApi();
    expect((await get(port)).status).toBe(200);
  });

  it.each([
    ['another user', 12_345],
    ['a user who cannot be established', null],
  ])('HTTP-5: not %s', async (_who, uid) => {
    const { port } = await startTestApi({ peers: { uidOf: async () => uid } });
    const answer = await get(port);
    expect([answer.status, answer.headers['x-codencer-error']]).toEqual([403, 'forbidden_peer']);
    expect((await get(port, { authorization })).status).toBe(200);
  });

  it('HTTP-5: not on a connection that the token was used on before', async () => {
    const { port } = await startTestApi({ peers: { uidOf: async () => 12_345 } });
    const request = (extra: string) =>
      `POST /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 2\r\n${extra}\r\n{}`;
    const answer = await rawAnswer(
      port,
      request(`Authorization: ${authorization}\r\n`) + request('Connection: close\r\n'),
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 403']);
  });

  it('HTTP-5: nobody when the token is demanded', async () => {
    const { port } = await startTestApi({ authMode: 'token' });
    expect((await get(port)).status).toBe(401);
    expect((await get(port, { authorization })).status).toBe(200);
  });

  it('HTTP-4: nobody with a wrong token', async () => {
    const { port } = await startTestApi();
    expect((await get(port, { authorization: 'Bearer nonsense' })).status).toBe(401);
  });

  it('asks for the user once per connection', async () => {
    let asked = 0;
    const { port } = await startTestApi({
      peers: {
        uidOf: async () => {
          asked += 1;
          return process.getuid?.() ?? null;
        },
      },
    });
    const request = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    await rawAnswer(port, `${request}\r\n${request}\r\n${request}Connection: close\r\n\r\n`);
    expect(asked).toBe(1);
  });
});

describe('an executor', () => {
  const gated = async (options: Parameters<typeof startTestApi>[0]) => {
    const test = await startTestApi(options);
    insertRun(test.store);
    test.store.steps.insert(sample.step({ record: { state: 'needs_approval' } }));
    test.store.attempts.insert(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS }));
    test.store.gates.insert(sample.gate({}));
    return test;
  };
  const refusals = ({ store }: TestApi) =>
    store.events.read({ after: 0, limit: 100 }).filter(({ type }) => type === 'access.refused');

  it.each([
    ['/api/v1/gates/gate-s-min-a1', '{"action":"approve"}'],
    ['/api/v1/steps/s-min/resolve', '{"as":"completed","reason":"I say so"}'],
    ['/api/v1/salvage/s-min-a1/release', '{}'],
  ])('HTTP-6: may not POST %s, whatever it carries, and the record says who tried', async (path, body) => {
    const test = await gated({ peers: peerOfAttempt('s-min-a1') });
    for (const headers of [{}, { authorization }]) {
      const answer = await httpAnswer({ port: test.port, method: 'POST', path, body, headers });
      expect([answer.status, answer.headers['x-codencer-error']]).toEqual([403, 'forbidden_executor']);
    }
    expect(test.store.gates.get(sample.gate({}).id)?.state).toBe('pending');
    expect(refusals(test)).toMatchObject([
      { actor: 'executor:s-min-a1', attemptId: 's-min-a1', stepId: 's-min', payload: { method: 'POST', path } },
      { actor: 'executor:s-min-a1' },
    ]);
  });

  it('HTTP-6: nor may a process that cannot be found', async () => {
    const test = await gated({ peers: { attemptOf: async () => 'unknown' } });
    const decision = { method: 'POST', path: '/api/v1/gates/gate-s-min', body: '{"action":"approve"}' };
    const answer = await httpAnswer({ port: test.port, ...decision, headers: { authorization } });
    expect([answer.status, answer.headers['x-codencer-error']]).toEqual([403, 'forbidden_executor']);
    expect(refusals(test)).toMatchObject([{ actor: 'unknown' }]);
  });

  it('HTTP-6: may read gates, and an operator may decide them', async () => {
    const executor = await gated({ peers: peerOfAttempt('s-min-a1') });
    expect((await httpAnswer({ port: executor.port, path: '/api/v1/gates/gate-s-min-a1' })).status).toBe(200);
    const operator = await gated({});
    const decision = { method: 'POST', path: '/api/v1/gates/gate-s-min-a1', body: '{"action":"approve"}' };
    expect((await httpAnswer({ port: operator.port, ...decision })).status).toBe(200);
    expect(refusals(operator)).toEqual([]);
  });

  it.each([20, 65_536])('HTTP-6: nor does it help to ask with %i bytes and be gone', async (bytes) => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<null>();
    const test = await gated({
      peers: {
        attemptOf: () => {
          asked.resolve();
          return answer.promise;
        },
      },
    });
    const body = '{"action":"approve"}'.padEnd(bytes);
    const head = `POST /api/v1/gates/gate-s-min-a1 HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\nContent-Length: ${body.length}\r\n\r\n`;
    await sendAndLeave(test.port, head + body, asked.promise);
    answer.resolve(null);
    await waitUntil(() => refusals(test).length > 0);
    expect(refusals(test)).toMatchObject([{ actor: 'unknown' }]);
    expect(test.store.gates.get(sample.gate({}).id)?.state).toBe('pending');
  });

  it('HTTP-7: may submit, under its own name', async () => {
    const test = await startTestApi({ peers: peerOfAttempt('s-min-a1') });
    insertRun(test.store);
    expect((await httpAnswer({ port: test.port, ...SUBMIT })).status).toBe(202);
    expect(test.store.events.read({ after: 0, limit: 10 })).toMatchObject([
      { type: 'step.submitted', actor: 'executor:s-min-a1' },
    ]);
    const lost = await startTestApi({ peers: { attemptOf: async () => 'unknown' } });
    insertRun(lost.store);
    expect((await httpAnswer({ port: lost.port, ...SUBMIT })).status).toBe(202);
    expect(lost.store.events.read({ after: 0, limit: 10 })).toMatchObject([{ actor: 'unknown' }]);
  });

  it('HTTP-7: may cancel, retry and abort as any planner, under its own name', async () => {
    const test = await startTestApi({ peers: peerOfAttempt('s-min-a1') });
    insertRun(test.store);
    test.store.steps.insert(sample.step({ record: { state: 'failed_terminal' } }));
    const ask = async (method: string, path: string, body = '{}') =>
      (await httpAnswer({ port: test.port, method, path, body })).status;
    expect(await ask('POST', '/api/v1/steps/s-min/retry')).toBeLessThan(300);
    expect(await ask('POST', '/api/v1/steps/s-min/cancel')).toBeLessThan(300);
    expect(await ask('PATCH', '/api/v1/runs/http1', '{"action":"abort"}')).toBeLessThan(300);
    const events = test.store.events.read({ after: 0, limit: 100 });
    const asked = events.filter(({ actor }) => actor === 'executor:s-min-a1');
    expect(asked.map(({ type }) => type)).toEqual(expect.arrayContaining(['run.abort_requested']));
    expect(new Set(events.map(({ actor }) => actor))).not.toContain('operator');
  });
});

/** Sends, hangs up as soon as the server has looked at it, and waits until the connection is gone. */
async function sendAndLeave(port: number, bytes: string, seen: Promise<void>): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.write(bytes);
  await seen;
  socket.destroy();
  await once(socket, 'close');
}
