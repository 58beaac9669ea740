import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { RunId } from '../../../../contract/ids.ts';
import { httpAnswer, openAnswer } from '../../../support/http-request.ts';
import { peerOfAttempt, startTestApi, type TestApi, type TestApiOptions, TOKEN } from '../../../support/test-api.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const Window = z.object({
  token: z.string(),
  token_id: z.string(),
  expires_at: z.iso.datetime(),
  instance_id: z.string(),
});
const Tokens = z.array(z.looseObject({ id: z.string(), name: z.string(), self: z.boolean() }));

/** A page of the daemon that has no token yet. */
const PAGE = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'content-type': 'application/json' };

/** An edge whose clock can be moved. */
async function openDoor(options: TestApiOptions = {}) {
  const moved = { ms: 0 };
  const clock = () => Date.now() + moved.ms;
  const test = await startTestApi({ ...options, changed: { clock, ...options.changed } });
  const { port } = test;
  const origin = `http://127.0.0.1:${port}`;
  const mint = async (headers: Readonly<Record<string, string>> = { authorization: `Bearer ${TOKEN}` }) => {
    const { body } = await httpAnswer({ port, method: 'POST', path: '/api/v1/links', headers });
    return z.object({ url: z.string(), expires_at: z.iso.datetime() }).parse(JSON.parse(body));
  };
  const exchange = (code: string, headers: Readonly<Record<string, string>> = { ...PAGE, origin }) =>
    httpAnswer({
      port,
      method: 'POST',
      path: '/api/v1/links/exchange',
      headers,
      body: JSON.stringify({ code, name: 'Firefox' }),
    });
  const enter = async () => Window.parse(JSON.parse((await exchange(codeIn((await mint()).url))).body));
  const read = (token: string, path = '/api/v1/runs') =>
    httpAnswer({ port, path, headers: { ...PAGE, authorization: `Bearer ${token}` } });
  const eventsOf = (type: string) =>
    test.store.events.read({ after: 0, limit: 100 }).filter((event) => event.type === type);
  return { ...test, origin, moved, mint, exchange, enter, read, eventsOf };
}

const codeIn = (url: string): string => new URL(url).hash.replace('#link=', '');

describe('a link', () => {
  it('HTTP-62: is an address of the dashboard with a code behind the #, good for five minutes', async () => {
    const { mint, context } = await openDoor();
    const { url, expires_at } = await mint();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:1\/i\/test-instance\/#link=[\w-]{43}$/);
    const lifeMs = Date.parse(expires_at) - context.clock();
    expect([lifeMs > 4.9 * MINUTE_MS, lifeMs <= 5 * MINUTE_MS]).toEqual([true, true]);
  });

  it('HTTP-62: is exchanged once by a page without a token, for a token that lets in', async () => {
    const { mint, exchange, read, store } = await openDoor();
    const code = codeIn((await mint()).url);
    const { status, body } = await exchange(code);
    const window = Window.parse(JSON.parse(body));
    expect([status, window.instance_id]).toEqual([200, 'test-instance']);
    expect((await read(window.token)).status).toBe(200);
    const again = await exchange(code);
    expect([again.status, again.headers['x-codencer-error']]).toEqual([401, 'unauthorized']);
    expect(again.body).toContain('codencer open');
    expect(store.tokens.list({ limit: 10 })).toHaveLength(1);
  });

  it('HTTP-62: of two exchanges at once one wins', async () => {
    const { mint, exchange } = await openDoor();
    const code = codeIn((await mint()).url);
    const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401]);
  });

  it('HTTP-62: that has expired lets nobody in', async () => {
    const { mint, exchange, moved } = await openDoor();
    const { url } = await mint();
    moved.ms = 5 * MINUTE_MS;
    expect((await exchange(codeIn(url))).status).toBe(401);
  });

  it('HTTP-62: of more than twenty the oldest are worth nothing', async () => {
    const { mint, exchange } = await openDoor();
    const urls: string[] = [];
    for (let count = 0; count < 21; count += 1) urls.push((await mint()).url);
    const [oldest = '', second = ''] = urls;
    expect((await exchange(codeIn(oldest))).status).toBe(401);
    expect((await exchange(codeIn(second))).status).toBe(200);
  });

  it('HTTP-62: wrong codes are recorded and counted, and lock nobody out', async () => {
    const { mint, exchange, eventsOf } = await openDoor();
    const { url } = await mint();
    const statuses: number[] = [];
    for (let count = 0; count < 13; count += 1) statuses.push((await exchange(`wrong-${count}`)).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429, 429]);
    expect((await exchange('wrong')).headers['retry-after']).toBe('60');
    expect(eventsOf('access.refused')).toHaveLength(10);
    expect((await exchange(codeIn(url))).status).toBe(200);
  });

  it.each([
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['on another port', { 'sec-fetch-site': 'same-site' }],
    ['that a person opened', { 'sec-fetch-site': 'none' }],
    ['of a foreign origin', { origin: 'http://evil.example' }],
    ['without an origin', { origin: 'null' }],
    ['behind a rebound name', { host: 'evil.example' }],
    [
      'of a form on another port',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ],
  ])('HTTP-62: a page %s exchanges nothing', async (_who, headers) => {
    const { mint, exchange } = await openDoor();
    const code = codeIn((await mint()).url);
    const { status } = await exchange(code, { ...PAGE, ...headers });
    expect(status).toBe(403);
    expect((await exchange(code)).status).toBe(200);
  });

  it('HTTP-6, HTTP-62: a process of an attempt neither makes nor exchanges one, with the token too', async () => {
    const { port, eventsOf, exchange } = await openDoor({ peers: peerOfAttempt('s-a1') });
    const mint = await httpAnswer({
      port,
      method: 'POST',
      path: '/api/v1/links',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const answers = [mint, await exchange('any', {}), await exchange('any', { authorization: `Bearer ${TOKEN}` })];
    expect(answers.map(({ headers }) => headers['x-codencer-error'])).toEqual(Array(3).fill('forbidden_executor'));
    expect(eventsOf('access.refused')).toHaveLength(3);
  });

  it('HTTP-62: is needed with `auth: token` as well, and enough', async () => {
    const { enter, read } = await openDoor({ authMode: 'token' });
    expect((await read((await enter()).token)).status).toBe(200);
  });

  it('HTTP-63: neither code nor token shows in answers to others, in events or in the log of the daemon', async () => {
    const { mint, exchange, read, store, logged } = await openDoor();
    const code = codeIn((await mint()).url);
    const { token } = Window.parse(JSON.parse((await exchange(code)).body));
    const refused = [await exchange(code), await read(`${token}x`), await exchange(`${code}x`)];
    const listed = await read(TOKEN, '/api/v1/tokens');
    const told = JSON.stringify([refused, listed, logged, store.events.read({ after: 0, limit: 100 })]);
    const { hash = '' } = store.tokens.list({ limit: 1 })[0] ?? {};
    expect([code, token, hash].map((secret) => [secret.length > 20, told.includes(secret)])).toEqual(
      Array(3).fill([true, false]),
    );
  });
});

describe('a browser of Windows, as WSL sees it', () => {
  const HIDDEN = { attemptOf: async () => 'unknown' as const };
  const FOREIGN = { ...HIDDEN, uidOf: async () => null };

  /** An edge with a window that came in while its process could be seen. */
  async function openedWith(options: TestApiOptions) {
    const seen = await openDoor();
    const { token, token_id } = await seen.enter();
    const door = await openDoor({ ...options, changed: { store: seen.store } });
    return { ...door, token, token_id };
  }

  it('HTTP-71: is let in by a link, and its window does what operators do', async () => {
    const { port, token, token_id, exchange } = await openedWith({ peers: FOREIGN, hasRelay: true });
    expect((await exchange('wrong')).status).toBe(401);
    expect((await revokeAs({ port }, token, token_id)).status).toBe(200);
  });

  it('HTTP-6, HTTP-71, HTTP-73: is another user without WSL: neither link nor window of this one', async () => {
    const { port, token, token_id, exchange, read } = await openedWith({ peers: FOREIGN });
    const answers = [await exchange('wrong'), await read(token), await revokeAs({ port }, token, token_id)];
    expect(answers.map(({ headers }) => headers['x-codencer-error'])).toEqual([
      'forbidden_executor',
      'forbidden_peer',
      'forbidden_peer',
    ]);
    expect((await read(TOKEN)).status).toBe(200);
  });

  it.each([
    ['of a process of this user that cannot be found', { peers: HIDDEN, hasRelay: true }],
    ['of an attempt', { peers: { ...FOREIGN, ...peerOfAttempt('s-a1') }, hasRelay: true }],
  ])('HTTP-6, HTTP-71: is refused %s', async (_which, options) => {
    const { port, token, token_id, exchange } = await openedWith(options);
    const answers = [await exchange('wrong'), await revokeAs({ port }, token, token_id)];
    expect(answers.map(({ headers }) => headers['x-codencer-error'])).toEqual(Array(2).fill('forbidden_executor'));
  });

  it('HTTP-6, HTTP-71: the token of the daemon itself is not enough', async () => {
    const { port, token_id } = await openedWith({ peers: FOREIGN, hasRelay: true });
    expect((await revokeAs({ port }, TOKEN, token_id)).status).toBe(403);
  });
});

describe('a token of a window', () => {
  let door: Awaited<ReturnType<typeof openDoor>>;
  beforeEach(async () => {
    door = await openDoor();
  });

  it('HTTP-63: is in the record by its hash, with its event', async () => {
    const { token, token_id } = await door.enter();
    const [kept] = door.store.tokens.list({ limit: 1 });
    expect(kept).toMatchObject({ id: token_id, kind: 'window', name: 'Firefox', hash: door.context.sha256(token) });
    expect(door.eventsOf('token.created')).toMatchObject([
      { actor: 'operator', payload: { token: token_id, kind: 'window', name: 'Firefox' } },
    ]);
  });

  it('HTTP-63: is good for a week after its last use, and no longer', async () => {
    const { token } = await door.enter();
    door.moved.ms = 6 * DAY_MS;
    expect((await door.read(token)).status).toBe(200);
    door.moved.ms = 12 * DAY_MS;
    expect((await door.read(token)).status).toBe(200);
    door.moved.ms = 20 * DAY_MS;
    expect((await door.read(token)).status).toBe(401);
  });

  it('HTTP-63: its use is noted at most once a minute, after the answer', async () => {
    const { token } = await door.enter();
    const usedAtMs = () => door.store.tokens.list({ limit: 1 })[0]?.lastUsedAtMs ?? 0;
    const first = usedAtMs();
    await door.read(token);
    expect(usedAtMs()).toBe(first);
    door.moved.ms = 2 * MINUTE_MS;
    await door.read(token);
    await door.read(token);
    expect(usedAtMs()).toBeGreaterThan(first + MINUTE_MS);
  });

  it('HTTP-63: lets in at the next daemon, too', async () => {
    const { token } = await door.enter();
    const next = await startTestApi({ changed: { store: door.store } });
    const headers = { ...PAGE, authorization: `Bearer ${token}` };
    expect((await httpAnswer({ port: next.port, path: '/api/v1/runs', headers })).status).toBe(200);
  });

  it('HTTP-64: is listed for operators, and revoked at once', async () => {
    const [one, other] = [await door.enter(), await door.enter()];
    const listed = Tokens.parse(JSON.parse((await door.read(one.token, '/api/v1/tokens')).body));
    expect(listed.map(({ id, self }) => [id, self]).toSorted()).toEqual(
      [
        [one.token_id, true],
        [other.token_id, false],
      ].toSorted(),
    );
    const revoke = () => revokeAs(door, one.token, other.token_id);
    expect((await revoke()).status).toBe(200);
    expect((await door.read(other.token)).status).toBe(401);
    expect((await door.read(one.token)).status).toBe(200);
    expect((await revoke()).status).toBe(200);
    expect(door.eventsOf('token.revoked')).toMatchObject([{ payload: { token: other.token_id } }]);
  });

  it('HTTP-64: a window that revokes itself is told so, and is out', async () => {
    const { token, token_id } = await door.enter();
    expect((await revokeAs(door, token, token_id)).status).toBe(200);
    expect((await door.read(token)).status).toBe(401);
  });

  it('HTTP-64: a use that was to be noted does not bring a revoked one back', async () => {
    const { token, token_id } = await door.enter();
    door.moved.ms = 2 * MINUTE_MS;
    await Promise.all([door.read(token), revokeAs(door, TOKEN, token_id)]);
    await door.read(TOKEN);
    expect(door.store.tokens.listNotRevoked()).toEqual([]);
  });

  it('HTTP-64: what is streamed to its holder ends when it is revoked', async () => {
    const { token, token_id } = await door.enter();
    const headers = { ...PAGE, authorization: `Bearer ${token}` };
    const stream = await openAnswer({ port: door.port, path: '/api/v1/events', headers });
    const ended = new Promise((resolve) =>
      stream
        .on('error', () => undefined)
        .once('close', resolve)
        .resume(),
    );
    await revokeAs(door, TOKEN, token_id);
    await ended;
    expect(stream.complete).toBe(false);
  });

  it('HTTP-64: a wait of its holder that nothing was told yet ends as well', async () => {
    const { token, token_id } = await door.enter();
    const headers = { ...PAGE, authorization: `Bearer ${token}` };
    const run = RunId.parse('run-of-the-wait');
    const { status } = await httpAnswer({
      port: door.port,
      method: 'POST',
      path: '/api/v1/runs',
      headers,
      body: JSON.stringify({ id: run, project_id: 'any' }),
    });
    expect(status).toBe(201);
    // Its use is noted when it was let in.
    door.moved.ms = 2 * MINUTE_MS;
    const body = JSON.stringify({ timeout_ms: 4000 });
    const waiting = openAnswer({ port: door.port, method: 'POST', path: `/api/v1/runs/${run}/wait`, headers, body });
    const outcome = waiting.then(
      ({ statusCode }) => statusCode,
      () => 'cut off',
    );
    await vi.waitUntil(() => (door.store.tokens.list({ limit: 1 })[0]?.lastUsedAtMs ?? 0) > Date.now() + MINUTE_MS);
    await revokeAs(door, TOKEN, token_id);
    expect(await outcome).toBe('cut off');
  });

  it('HTTP-64: one that there never was is 404', async () => {
    expect((await revokeAs(door, TOKEN, 'token-of-nobody')).status).toBe(404);
  });

  it('HTTP-4: a token in an address lets nobody in', async () => {
    const { token } = await door.enter();
    for (const path of [
      `/api/v1/runs?token=${token}`,
      `/api/v1/runs?access_token=${TOKEN}`,
      `/api/v1/events?token=${token}`,
    ]) {
      expect((await httpAnswer({ port: door.port, path, headers: PAGE })).status).toBe(401);
    }
  });
});

const revokeAs = ({ port }: Pick<TestApi, 'port'>, token: string, id: string) =>
  httpAnswer({
    port,
    method: 'DELETE',
    path: `/api/v1/tokens/${id}`,
    headers: { ...PAGE, authorization: `Bearer ${token}` },
  });
