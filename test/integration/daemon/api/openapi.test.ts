import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';

import { PRODUCT_VERSION } from '../../../../contract/product.ts';
import { createDoor } from '../../../../main/daemon/api/door.ts';
import { collectRoutes, type DeclaredRoute } from '../../../../main/daemon/api/openapi/declared-routes.ts';
import { createPeerBook } from '../../../../main/daemon/api/peer-book.ts';
import { serveRoutes } from '../../../../main/daemon/api/routes.ts';
import { createAnswerOnce } from '../../../../main/daemon/services/answer-once.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { OPENAPI_FILE, openApi } from '../../../support/openapi-file.ts';
import { startTestApi, TOKEN } from '../../../support/test-api.ts';

async function startNamedApi() {
  const test = await startTestApi();
  const instance = test.context.instance;
  Object.assign(test.context, { instance: () => ({ ...instance(), version: PRODUCT_VERSION }) });
  return test;
}

describe('the document of the API', () => {
  let routes: readonly DeclaredRoute[] = [];
  beforeEach(async () => {
    const { context } = await startTestApi();
    const peers = createPeerBook({ uidOf: async () => null, attemptOf: async () => null });
    const app = fastify({ exposeHeadRoutes: false });
    routes = collectRoutes(app);
    serveRoutes(app, {
      services: context,
      peers,
      isReady: () => true,
      closing: new AbortController().signal,
      slowReaderMs: 0,
      upgrades: new WeakMap(),
      answerOnce: createAnswerOnce(context),
      door: createDoor(context),
      hasRelay: false,
    });
  });

  it('HTTP-28: every route is an operation, or hidden for a reason', () => {
    expect(routes.length).toBeGreaterThan(200);
    for (const { method, path, declared } of routes) {
      if (declared?.kind === 'hidden') expect(declared.why).toMatch(/\w+ \w+/);
      else expect([method, path, declared?.operation.id]).toEqual([method, path, expect.stringMatching(/^[a-z]\w+$/)]);
    }
  });

  it('HTTP-29: every operation is in it once', () => {
    const declared = routes.flatMap(({ declared }) => (declared?.kind === 'operation' ? [declared.operation.id] : []));
    expect(new Set(declared).size).toBe(declared.length);
    expect(
      openApi()
        .operations.map(({ operationId }) => operationId)
        .toSorted(),
    ).toEqual(declared.toSorted());
  });

  // `npm run openapi` writes the file.
  it('HTTP-29: resources/openapi.json is what the daemon answers', async () => {
    const { port } = await startNamedApi();
    const answer = await httpAnswer({ port, path: '/openapi.json' });
    expect(answer.headers['content-type']).toBe('application/json');
    await expect(`${JSON.stringify(JSON.parse(answer.body), null, 1)}\n`).toMatchFileSnapshot(OPENAPI_FILE);
  });

  it('HTTP-29: every reference in it leads somewhere', () => {
    const text = readFileSync(OPENAPI_FILE, 'utf8');
    const document = JSON.parse(text);
    const references = [...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path = '']) => path.split('/'));
    expect(references.length).toBeGreaterThan(50);
    for (const path of references) {
      expect([path, path.reduce((value, key) => value?.[key], document)]).toEqual([path, expect.any(Object)]);
    }
  });

  it('HTTP-30: the page for people names every operation and runs nothing', async () => {
    const { port } = await startNamedApi();
    const { headers, body } = await httpAnswer({ port, path: '/docs' });
    expect(body.match(/<code>if-none-match<\/code>/g)).toHaveLength(1);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'/,
    );
    expect(body).not.toMatch(/<script|<link|<img|style=|\son\w+=|undefined|\[object/);
    expect(body).not.toContain('`');
    for (const { operationId } of openApi().operations) expect(body).toContain(`<article id="${operationId}">`);
  });

  it('HTTP-31: a browser of this user reads what is public without the token, and only that', async () => {
    const { port } = await startTestApi();
    const headers = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' };
    const status = async (path: string, more = {}) =>
      (await httpAnswer({ port, path, headers: { ...headers, ...more } })).status;
    expect([await status('/docs'), await status('/openapi.json'), await status('/api/v1/runs')]).toEqual([
      200, 200, 401,
    ]);
    expect(await status('/docs', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    const closed = await startTestApi({ authMode: 'token' });
    const ask = async (more = {}) => (await httpAnswer({ port: closed.port, path: '/docs', headers: more })).status;
    expect([await ask(), await ask({ authorization: `Bearer ${TOKEN}` })]).toEqual([401, 200]);
    const foreign = await startTestApi({ peers: { uidOf: async () => 4711 } });
    expect((await httpAnswer({ port: foreign.port, path: '/docs', headers })).status).toBe(403);
  });
});
