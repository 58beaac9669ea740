import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

import { composeDashboard } from '../../../../main/daemon/compose/compose-dashboard.ts';
import { httpAnswer, openAnswer, rawAnswer } from '../../../support/http-request.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { startTestApi, type TestApiOptions } from '../../../support/test-api.ts';

const BROWSER = {
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  accept: 'text/html',
};
const SCRIPT = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'script', accept: '*/*' };

function builtFolder(): string {
  const folder = join(temporaryFolder(), 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Codencer</title>');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'assets/index-abc.js.map'), '{}');
  writeFileSync(join(folder, 'assets/plex-abc.woff2'), Buffer.from([1, 2, 3]));
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, '..', 'secret.js'), 'secret');
  symlinkSync('/etc/passwd', join(folder, 'assets/linked.js'));
  return folder;
}

async function serveBuilt(options: TestApiOptions = {}) {
  const folder = builtFolder();
  const { port } = await startTestApi({ ...options, changed: { dashboard: composeDashboard(folder) } });
  const get = (path: string, headers: Readonly<Record<string, string>> = BROWSER, method = 'GET') =>
    httpAnswer({ port, path, headers, method });
  return { folder, port, get };
}

const GUARDS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.stringMatching(/camera=\(\).*clipboard-write=\(self\)$/),
};

describe('a service worker that somebody else left at this port', () => {
  it.each(['/sw.js', '/ui/worker.js', '/api/v1/runs'])('HTTP-74: gets, for %s, one that goes', async (path) => {
    const { port } = await startTestApi();
    const asks = { 'service-worker': 'script', 'sec-fetch-dest': 'serviceworker', 'sec-fetch-site': 'same-origin' };
    const answer = await openAnswer({ port, path, headers: asks });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(await text(answer)).toContain('self.registration.unregister()');
    const other = await openAnswer({ port, path, headers: { ...asks, 'service-worker': '' } });
    expect(other.resume().statusCode).not.toBe(200);
  });
});

describe('the dashboard', () => {
  it.each([
    '/i/test-instance/',
    '/i/test-instance/runs/r1',
    '/i/test-instance/runs/r1/steps/a.b?tab=log',
    '/i/test-instance/api/v1',
  ])('HTTP-65: the address %s shows its page, also without a token', async (path) => {
    const { get } = await serveBuilt();
    const { status, headers, body } = await get(path);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(body).toContain('<title>Codencer</title>');
    expect(headers).toMatchObject(GUARDS);
  });

  it('HTTP-65: what the page loads is named by its content and kept for ever', async () => {
    const { get } = await serveBuilt();
    const script = await get('/ui/assets/index-abc.js', SCRIPT);
    expect([script.status, script.body, script.headers['content-type'], script.headers['cache-control']]).toEqual([
      200,
      'export {};',
      'text/javascript; charset=utf-8',
      'private, max-age=31536000, immutable',
    ]);
    expect(script.headers).toMatchObject(GUARDS);
    expect((await get('/ui/assets/plex-abc.woff2', SCRIPT)).headers['content-type']).toBe('font/woff2');
    expect((await get('/ui/icon.svg', SCRIPT)).headers).toMatchObject({ ...GUARDS, 'cache-control': 'no-cache' });
  });

  it('HTTP-65: who has it already gets 304, and HEAD the headers alone', async () => {
    const { get } = await serveBuilt();
    for (const path of ['/i/test-instance/', '/ui/icon.svg', '/ui/assets/index-abc.js']) {
      const { headers } = await get(path);
      const again = await get(path, { ...BROWSER, 'if-none-match': headers.etag ?? '' });
      expect([again.status, again.body]).toEqual([304, '']);
      const head = await get(path, BROWSER, 'HEAD');
      expect([head.status, head.body, head.headers.etag, head.headers['content-length']]).toEqual([
        200,
        '',
        headers.etag,
        headers['content-length'],
      ]);
    }
  });

  it.each([
    '/ui/..%2fsecret.js',
    '/ui/assets/..%2f..%2fsecret.js',
    '/ui/%2e%2e/secret.js',
    '/ui/..%5csecret.js',
    '/ui/assets%5cindex-abc.js',
    '/ui/assets/index-abc.js%00',
    '/ui/%00',
    '/ui//etc/passwd',
    '/ui/%2fetc%2fpasswd',
    '/ui/assets/linked.js',
    '/ui/assets/index-abc.js.map',
    '/ui/index.html',
    '/ui/assets/',
    '/ui/',
    '/ui/__proto__',
    '/ui/constructor',
    `/ui/${'a'.repeat(4000)}`,
  ])('HTTP-65: %s is no file of it', async (path) => {
    const { get } = await serveBuilt();
    const { status, headers, body } = await get(path, SCRIPT);
    expect([path, [301, 404].includes(status)]).toEqual([path, true]);
    expect(body).not.toMatch(/secret|root:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    if (status === 404) expect(headers).toMatchObject(GUARDS);
  });

  it('HTTP-65: dot segments that arrive as they are lead nowhere', async () => {
    const { port } = await serveBuilt();
    for (const path of ['/ui/../secret.js', '/ui/assets/../../secret.js', '/ui/..\\secret.js']) {
      const answer = await rawAnswer(
        port,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
      );
      expect([path, answer.slice(0, 12)]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 (301|404|400)/)]);
      expect(answer).not.toContain('\r\n\r\nsecret');
    }
  });

  it('HTTP-65: a script that asks for an address of it gets no page', async () => {
    const { get } = await serveBuilt();
    expect((await get('/i/test-instance/assets/old.js', SCRIPT)).status).toBe(404);
  });

  it('HTTP-65: an address without a slash, and the bare one, lead to it', async () => {
    const { get } = await serveBuilt();
    const answers = [await get('/i/test-instance'), await get('/'), await get('/i/a%2f%2fevil.example')];
    expect(answers.map(({ status, headers }) => [status, headers['location']])).toEqual([
      [302, '/i/test-instance/'],
      [302, '/i/test-instance/'],
      [302, '/i/a%2F%2Fevil.example/'],
    ]);
  });

  it('HTTP-65: the address of another daemon says which one this is', async () => {
    const { get } = await serveBuilt();
    const { status, headers, body } = await get('/i/another/runs/r1');
    expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(body).toContain('<a href="/i/test-instance/">');
    expect(body).not.toContain('another/');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it('HTTP-65: a new build is found by the page that it makes', async () => {
    const { get, folder } = await serveBuilt();
    expect((await get('/ui/assets/index-def.js', SCRIPT)).status).toBe(404);
    writeFileSync(join(folder, 'assets/index-def.js'), 'export {};');
    await get('/i/test-instance/');
    expect((await get('/ui/assets/index-def.js', SCRIPT)).status).toBe(200);
  });

  it('HTTP-65: without one its address says how to build it', async () => {
    const { port } = await startTestApi();
    const { status, body } = await httpAnswer({ port, path: '/i/test-instance/', headers: BROWSER });
    expect([status, body]).toEqual([404, expect.stringContaining('npm run build')]);
  });

  it('HTTP-65: nothing but GET and HEAD is taken', async () => {
    const { get } = await serveBuilt();
    for (const path of ['/i/test-instance/', '/ui/icon.svg']) expect((await get(path, {}, 'POST')).status).toBe(405);
  });
});

describe('who reaches the dashboard', () => {
  it('HTTP-66: a browser of anybody on this machine, with `auth: token` too: it holds no secret', async () => {
    const { get } = await serveBuilt({ authMode: 'token', peers: { uidOf: async () => null } });
    expect((await get('/i/test-instance/')).status).toBe(200);
    expect((await get('/ui/icon.svg', SCRIPT)).status).toBe(200);
  });

  it('HTTP-66: somebody who follows a link in the dashboard of another daemon', async () => {
    const { get } = await serveBuilt();
    const followed = { ...BROWSER, 'sec-fetch-site': 'same-site' };
    expect((await get('/i/test-instance/', followed)).status).toBe(200);
    expect((await get('/help', followed)).status).toBe(403);
    expect((await get('/api/v1/runs', followed)).status).toBe(403);
  });

  it.each([
    ['a frame of another port', { ...BROWSER, 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'iframe' }],
    ['a script of another port', { ...SCRIPT, 'sec-fetch-site': 'same-site' }],
    ['a link of another site', { ...BROWSER, 'sec-fetch-site': 'cross-site' }],
    ['a script of another site', { ...SCRIPT, 'sec-fetch-site': 'cross-site' }],
    ['a rebound name', { ...BROWSER, host: 'evil.example' }],
  ])('HTTP-3, HTTP-66: %s does not', async (_who, headers) => {
    const { get } = await serveBuilt();
    for (const path of ['/i/test-instance/', '/ui/icon.svg']) expect((await get(path, headers)).status).toBe(403);
  });
});
