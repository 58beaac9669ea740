import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { httpAnswer } from '../../../support/http-request.ts';
import { startTestApi } from '../../../support/test-api.ts';

const DOCS = join(import.meta.dirname, '../../../../resources/docs');
const names = readdirSync(DOCS)
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.replace('.md', ''));
const pathOf = (name: string): string => (name === 'README' ? '/help' : `/help/${name}`);

const BROWSER = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', accept: 'text/html' };

async function pages(): Promise<ReadonlyMap<string, string>> {
  const { port } = await startTestApi();
  const answers = await Promise.all(
    names.map(async (name) => [pathOf(name), (await httpAnswer({ port, path: pathOf(name) })).body] as const),
  );
  return new Map(answers);
}

describe('/help', () => {
  it('HTTP-61: shows every document as a page that runs nothing, also in a browser without the token', async () => {
    const { port } = await startTestApi();
    for (const name of names) {
      const { status, headers, body } = await httpAnswer({ port, path: pathOf(name), headers: BROWSER });
      expect([name, status, headers['content-type']]).toEqual([name, 200, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri/);
      expect(body).not.toMatch(/<script|<!-- |\son\w+=/i);
      const [, heading = ''] = /^# (.*)$/m.exec(readFileSync(join(DOCS, `${name}.md`), 'utf8')) ?? [];
      expect(body).toContain(heading);
    }
  });

  it('HTTP-61: every link of a page leads to a page, and to a heading that is there', async () => {
    const served = await pages();
    const idsOf = (path: string) => [...(served.get(path) ?? '').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    for (const [path, body] of served) {
      expect(new Set(idsOf(path)).size).toBe(idsOf(path).length);
      const targets = [...body.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href);
      const broken = targets.filter((href) => {
        const [page = '', anchor = ''] = href.split('#');
        const target = page === '' ? path : page;
        return !served.has(target) || (anchor !== '' && !idsOf(target).includes(anchor));
      });
      expect([path, broken]).toEqual([path, []]);
    }
  });

  it('HTTP-31: with `auth: token` a browser needs it here too', async () => {
    const { port } = await startTestApi({ authMode: 'token' });
    expect((await httpAnswer({ port, path: '/help/states', headers: BROWSER })).status).toBe(401);
  });

  it('HTTP-61: says where one is, and what comes before and after', async () => {
    const served = await pages();
    const body = served.get('/help/submitting') ?? '';
    expect(body).toContain('<a href="/help/submitting" aria-current="page">Handing over a task</a>');
    expect(body).toContain('← <a href="/help/first-result">');
    expect(body).toContain('→ <a href="/help/executors">');
  });

  it.each(['/help/', '/help/README', '/help/states.md'])('HTTP-61: %s is the page that is meant', async (path) => {
    const { port } = await startTestApi();
    expect((await httpAnswer({ port, path })).status).toBe(200);
  });

  it('HTTP-61: a browser that opens the bare address is led there, without the token; nobody else is', async () => {
    const { port } = await startTestApi();
    const { status, headers } = await httpAnswer({ port, path: '/', headers: BROWSER });
    expect([status, headers['location']]).toEqual([302, '/help']);
    expect((await httpAnswer({ port, path: '/help/', headers: BROWSER })).status).toBe(200);
    for (const method of ['GET', 'POST']) {
      const answer = await httpAnswer({ port, method, path: '/' });
      expect([answer.status, answer.body]).toEqual([404, '404 page not found\n']);
    }
  });

  it.each(['/help/nothing', '/help/..%2fpackage', '/help/%2e%2e%2f%2e%2e%2fREADME', '/help/a%00', '/help/states/x'])(
    'HTTP-61: %s is no page, and is told so in words',
    async (path) => {
      const { port } = await startTestApi();
      const { status, body } = await httpAnswer({ port, path });
      expect([status, body]).toEqual([
        404,
        expect.stringMatching(/^(there is no such page: \/help|404 page not found)/),
      ]);
    },
  );
});

describe('/api/v1/documents', () => {
  it('HTTP-72: lists the documents in the order in which they are read, and gives each as it is written', async () => {
    const { port } = await startTestApi();
    const list = await httpAnswer({ port, path: '/api/v1/documents' });
    const { documents }: { documents: { name: string; title: string }[] } = JSON.parse(list.body);
    expect(documents.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(documents.slice(0, 2)).toEqual([
      { name: 'README', title: 'Contents' },
      { name: 'first-result', title: 'From zero to a first result' },
    ]);
    for (const { name } of documents) {
      const { status, body } = await httpAnswer({ port, path: `/api/v1/documents/${name}` });
      const markdown = readFileSync(join(DOCS, `${name}.md`), 'utf8');
      expect([status, JSON.parse(body)]).toEqual([200, { name, markdown }]);
    }
  });

  it.each(['nothing', '..%2fpackage', 'a%00'])('HTTP-72: %s is none', async (page) => {
    const { port } = await startTestApi();
    const { status, body } = await httpAnswer({ port, path: `/api/v1/documents/${page}` });
    expect([status, body]).toEqual([404, expect.stringContaining('/api/v1/documents')]);
  });
});
