import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { httpAnswer, openAnswer, rawAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi, TOKEN } from '../../../support/test-api.ts';

describe('what has a name', () => {
  it('HTTP-35: every answer, also of what cannot be read', async () => {
    const { port } = await startTestApi();
    for (const path of ['/health', '/nope', '/%ff', '/api/v1//runs', '/api/v1/runs?limit=x']) {
      const { headers } = await httpAnswer({ port, path, headers: { 'x-request-id': 'mine_1.a-b' } });
      expect([path, headers['x-request-id']]).toEqual([path, 'mine_1.a-b']);
    }
    expect(await rawAnswer(port, 'what?\r\n\r\n')).toMatch(/\r\nX-Request-Id: [0-9a-f-]{36}\r\n/);
  });

  it.each(['', ' ', 'a b', 'ä', 'x'.repeat(129), 'a\tb', 'a"b'])('HTTP-35: %j is no name', async (name) => {
    const { port } = await startTestApi();
    const sent = Buffer.from(name, 'utf8').toString('latin1');
    const { headers } = await httpAnswer({ port, path: '/health', headers: { 'x-request-id': sent } });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('HTTP-35: a change stands in the log under its name, a read and a stranger do not', async () => {
    const { port, logged } = await startTestApi();
    const named = (id: string) => ({ 'x-request-id': id, accept: 'application/json' });
    await httpAnswer({ port, method: 'POST', path: '/api/v1/runs', body: '{"id":"r1"}', headers: named('first') });
    const refused = await httpAnswer({
      port,
      method: 'POST',
      path: '/api/v1/runs?x=1',
      body: '{"id":"r1"}',
      headers: named('second'),
    });
    await httpAnswer({ port, path: '/api/v1/runs', headers: named('third') });
    await httpAnswer({
      port,
      method: 'POST',
      path: '/api/v1/runs',
      headers: { ...named('fourth'), authorization: 'Bearer x' },
    });
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'duplicate_id', request_id: 'second' });
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'info', request_id: 'first', method: 'POST', path: '/api/v1/runs', status: 201 },
      { level: 'info', request_id: 'second', method: 'POST', path: '/api/v1/runs', status: 409 },
    ]);
    expect(logged).toHaveLength(2);
  });
});

describe('who asks again', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
    test.store.steps.insert(sample.step({}));
    test.store.attempts.insert(sample.attempt({}));
    test.store.artifacts.insert(sample.artifact({ name: 'a.txt' }));
  });
  const ask = (path: string, tag?: string) =>
    httpAnswer({ port: test.port, path, ...(tag === undefined ? {} : { headers: { 'if-none-match': tag } }) });

  it.each([
    '/api/v1/instance',
    '/api/v1/runs',
    '/api/v1/runs?limit=1',
    '/api/v1/runs/http1',
    '/api/v1/runs/http1/steps',
    '/api/v1/steps/s-min',
    '/api/v1/steps/s-min/result',
    '/api/v1/steps/s-min/artifacts',
    '/api/v1/attempts/s-min-a1',
    '/api/v1/artifacts/art-s-min-a1-a.txt',
    '/api/v1/gates',
    '/api/v1/events?format=json',
    '/openapi.json',
  ])('HTTP-36: gets nothing while %s is the same', async (path) => {
    const { status, headers, body } = await ask(path);
    expect([status, headers.etag]).toEqual([200, expect.stringMatching(/^"[\w-]{27}"$/)]);
    expect(body).not.toBe('');
    const tag = headers.etag ?? '';
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await ask(path, known);
      expect([again.status, again.body, again.headers.etag]).toEqual([304, '', tag]);
      expect(again.headers['content-type']).toBeUndefined();
    }
    expect((await ask(path, '"other"')).status).toBe(200);
  });

  it('HTTP-36: gets what is new', async () => {
    const { headers } = await ask('/api/v1/steps/s-min');
    const step = sample.step({ record: { state: 'completed', updatedAtMs: sample.AT_MS + 5 } });
    test.store.steps.save(step);
    const changed = await ask('/api/v1/steps/s-min', headers.etag);
    expect([changed.status, JSON.parse(changed.body).state]).toEqual([200, 'completed']);
  });

  it('HTTP-36: is refused as ever, and a change has no tag', async () => {
    expect((await ask('/api/v1/steps/nope', '*')).status).toBe(404);
    const started = await httpAnswer({
      port: test.port,
      method: 'POST',
      path: '/api/v1/runs',
      body: '{}',
      headers: { 'if-none-match': '*' },
    });
    expect([started.status, started.headers.etag]).toEqual([201, undefined]);
  });
});

describe('who asks too often', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const authorization = `Bearer ${TOKEN}`;

  it('HTTP-37: is told how much is left, then when to come back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const test = await startTestApi({ rateLimitPerSecond: 1 });
    const ask = (path = '/api/v1/runs', headers = {}) => httpAnswer({ port: test.port, path, headers });
    for (let left = 9; left >= 0; left -= 1) {
      const { status, headers } = await ask(left % 2 === 0 ? '/version' : '/api/v1/runs');
      expect([status, headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual([200, '10', String(left)]);
      expect(headers['ratelimit-reset']).toBe('10');
    }
    const { status, headers, body } = await ask();
    expect([status, headers['x-codencer-error'], headers['retry-after'], headers['ratelimit-remaining']]).toEqual([
      429,
      'rate_limited',
      '10',
      '0',
    ]);
    expect(body).toBe('more than 10 requests in 10 seconds: try again in 10 s\n');
    const problem = JSON.parse((await ask('/api/v1/runs', { accept: 'application/json' })).body);
    expect(problem).toMatchObject({ status: 429, code: 'rate_limited', retry: 'later' });
    expect((await ask('/health')).status).toBe(200);
    expect((await ask('/api/v1/runs', { authorization })).status).toBe(200);
    vi.setSystemTime(Date.now() + 10_001);
    expect((await ask()).status).toBe(200);
  });

  it('HTTP-37: is counted once for a wait and once for a stream', async () => {
    const test = await startTestApi({ rateLimitPerSecond: 1 });
    insertRun(test.store);
    test.store.steps.insert(sample.step({}));
    const stream = await openAnswer({ port: test.port, path: '/api/v1/events' });
    test.store.transaction(() => test.store.events.append({ type: 'run.created', actor: 'operator' }));
    stream.destroy();
    const wait = await httpAnswer({
      port: test.port,
      method: 'POST',
      path: '/api/v1/steps/s-min/wait',
      body: '{"timeout_ms":50}',
    });
    expect([stream.headers['ratelimit-remaining'], wait.headers['ratelimit-remaining']]).toEqual(['9', '8']);
  });

  it.each([{}, { authorization }])('HTTP-37: takes nobody else the way when it is an attempt: %j', async (headers) => {
    let asks: 'attempt' | 'operator' = 'attempt';
    const attemptOf = async () => (asks === 'attempt' ? sample.attempt({}).id : null);
    const { port } = await startTestApi({ rateLimitPerSecond: 1, peers: { attemptOf } });
    const ask = async () => (await httpAnswer({ port, path: '/api/v1/runs', headers })).status;
    const statuses: number[] = [];
    for (let count = 0; count < 30; count += 1) statuses.push(await ask());
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual(Array.from({ length: 20 }, () => 429));
    asks = 'operator';
    const own = [await ask(), await ask(), await ask(), await ask(), await ask(), await ask()];
    expect(own).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('HTTP-37: is not counted when nobody wants it', async () => {
    const { port } = await startTestApi({ rateLimitPerSecond: 0 });
    const { status, headers } = await httpAnswer({ port, path: '/api/v1/runs' });
    expect([status, headers['ratelimit-limit']]).toEqual([200, undefined]);
  });

  it('HTTP-37: in ordinary use meets no limit', async () => {
    const { port } = await startTestApi();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => (await httpAnswer({ port, path: '/api/v1/runs' })).headers),
    );
    expect(Math.min(...answers.map((headers) => Number(headers['ratelimit-remaining'])))).toBe(9950);
  });
});
