import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import { httpAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

describe('the content of an artifact', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
    test.store.steps.insert(sample.step({}));
    test.store.attempts.insert(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS }));
  });

  const store = (name: string, content: string, fields: object = {}): string => {
    const path = join(test.evidenceRoot, 'http1', 's-min', 's-min-a1', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const id = `art-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
    const artifact = sample.artifact({ name, id, path, sha256, sizeBytes: Buffer.byteLength(content), ...fields });
    test.store.artifacts.insert(artifact);
    return path;
  };
  const idOf = (name: string) => `art-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
  const get = (name: string, headers: Readonly<Record<string, string>> = {}) =>
    httpAnswer({ port: test.port, path: `/api/v1/artifacts/${idOf(name)}/content`, headers });

  it('HTTP-9: is saved and never shown, whatever it is', async () => {
    store('report.html', '<script>fetch("/api/v1/runs")</script>', { mediaType: 'text/html' });
    const answer = await get('report.html');
    expect(answer.body).toBe('<script>fetch("/api/v1/runs")</script>');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': "attachment; filename*=UTF-8''report.html",
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-length': '38',
    });
  });

  it('HTTP-9: a name or a type cannot break out of its header', async () => {
    const name = 'a"; filename=evil.exe\r\nX-Evil: 1 (ü)\'*.txt';
    store(name, 'x', { mediaType: 'text/html\r\nX-Evil: 1' });
    const { headers } = await get(name);
    expect(headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''a%22%3B%20filename%3Devil.exe%0D%0AX-Evil%3A%201%20%28%C3%BC%29%27%2a.txt",
    );
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['x-evil']).toBeUndefined();
  });

  it('is given in ranges', async () => {
    store('a.txt', '0123456789');
    const part = await get('a.txt', { range: 'bytes=2-4' });
    expect([part.status, part.body]).toEqual([206, '234']);
    expect(part.headers).toMatchObject({ 'content-range': 'bytes 2-4/10', 'content-length': '3' });
    expect(await get('a.txt', { range: 'bytes=-2' })).toMatchObject({ status: 206, body: '89' });
    expect(await get('a.txt', { range: 'bytes=0-1,4-5' })).toMatchObject({ status: 200, body: '0123456789' });
    const none = await get('a.txt', { range: 'bytes=10-' });
    expect([none.status, none.headers['content-range'], none.headers['x-codencer-error']]).toEqual([
      416,
      'bytes */10',
      'range_not_satisfiable',
    ]);
  });

  it('may be empty', async () => {
    store('empty.txt', '');
    expect(await get('empty.txt')).toMatchObject({ status: 200, body: '' });
  });

  it('that is no longer what was recorded is refused', async () => {
    const path = store('a.txt', '0123456789');
    chmodSync(path, 0o644);
    writeFileSync(path, 'something else');
    const answer = await get('a.txt');
    expect([answer.status, answer.headers['x-codencer-error']]).toEqual([410, 'artifact_damaged']);
    expect(answer.body).not.toContain('something else');
  });

  it('of none is 404; its description says what it is', async () => {
    store('a.txt', '0123456789');
    expect((await get('b.txt')).status).toBe(404);
    const meta = await httpAnswer({ port: test.port, path: `/api/v1/artifacts/${idOf('a.txt')}` });
    expect(JSON.parse(meta.body)).toMatchObject({ name: 'a.txt', size: 10, attempt_id: 's-min-a1', step_id: 's-min' });
    expect((await httpAnswer({ port: test.port, path: '/api/v1/artifacts/nope' })).status).toBe(404);
  });

  it('is the diff of a step, of the newest attempt or the one that is named', async () => {
    const diff = (query = '') => httpAnswer({ port: test.port, path: `/api/v1/steps/s-min/diff${query}` });
    expect((await diff()).status).toBe(204);
    store('diff.patch', 'diff --git a/x b/x\n', { type: 'diff' });
    const answer = await diff();
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([
      200,
      'text/x-diff',
      'diff --git a/x b/x\n',
    ]);
    test.store.attempts.insert(sample.attempt({ id: 's-min-a2', number: 2 }));
    expect((await diff()).status).toBe(204);
    expect((await diff('?attempt=s-min-a1')).status).toBe(200);
    expect((await diff('?attempt=s-min-a9')).status).toBe(404);
    expect((await httpAnswer({ port: test.port, path: '/api/v1/steps/nope/diff' })).status).toBe(404);
  });
});
