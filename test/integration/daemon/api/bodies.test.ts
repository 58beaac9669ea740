import { beforeEach, describe, expect, it } from 'vitest';

import { type HttpAnswer, httpAnswer, rawAnswer } from '../../../support/http-request.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi, TOKEN } from '../../../support/test-api.ts';

describe('what a body may be', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
  });

  const post = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> =>
    httpAnswer({ port: test.port, method: 'POST', path: '/api/v1/runs/http1/steps', body, headers });
  const storedSteps = () => test.store.steps.listOfRun('http1' as never).length;

  it.each([
    '',
    ' ',
    'nope',
    '{bad',
    '{"goal":',
    '[',
    '"text"',
    '5',
    'null',
    '[]',
    '{"goal":5}',
    '{"timeout_seconds":"x"}',
    '{"timeout_seconds":1.5}',
    '{"timeout_seconds":1e99}',
    '{"validations":[{"command":7}]}',
    '{"validations":"true"}',
    '{"step_id":"../../etc/passwd"}',
    '{"step_id":"a/b"}',
    '{"phase_id":".."}',
    '{"run_id":"other"}',
    '{"adapter_profile":"nobody"}',
    '{"adapter_profile":"command"}',
    '{"recipe":{"steps":[{"run":"\\u0000"}]}}',
    '{"expects_changes":"perhaps"}',
    '{"not_before":"soon"}',
    '{"retry":{"on":["weather"]}}',
    '{"context":[]}',
    '{"submission_provenance":{"original_input":1}}',
    '\u0000\u0001\u0002',
    '%PDF-1.4',
  ])('%j is 400 with one sentence, and nothing is stored', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.headers['x-codencer-error']).toMatch(/^[a-z_]+$/);
    expect(answer.body).toMatch(/^[^\n]{3,}\n$/);
    expect(storedSteps()).toBe(0);
  });

  it('HTTP-11: an empty body is EOF', async () => {
    expect((await post('')).body).toBe('EOF\n');
    expect((await post(' \n')).body).toBe('EOF\n');
    expect((await httpAnswer({ port: test.port, method: 'POST', path: '/api/v1/runs' })).body).toBe('EOF\n');
  });

  it('HTTP-12: invalid UTF-8 is refused, and so is what is nested too deep', async () => {
    const broken = await post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    expect([broken.status, broken.body]).toEqual([400, 'the body is not valid UTF-8\n']);
    const deep = await post('[1,'.repeat(1_000_000));
    expect([deep.status, deep.body]).toEqual([400, 'the body is nested deeper than 100 levels\n']);
  });

  it('HTTP-12: ten megabytes are too much for a task, however they are sent', async () => {
    const huge = `{"goal":"${'x'.repeat(10_000_000)}"}`;
    const answer = await post(huge);
    expect([answer.status, answer.headers['x-codencer-error']]).toEqual([413, 'body_too_large']);
    const chunked = await post(huge, { 'transfer-encoding': 'chunked' });
    expect(chunked.status).toBe(413);
    expect(storedSteps()).toBe(0);
  });

  it('HTTP-12: a large task fits, a large anything else does not', async () => {
    const fits = await post(`{"goal":"g","step_id":"big","constraints":["${'x'.repeat(900_000)}"]}`);
    expect(fits.status).toBe(202);
    const other = await httpAnswer({
      port: test.port,
      method: 'POST',
      path: '/api/v1/runs',
      body: `{"id":"a","zzz":"${'x'.repeat(70_000)}"}`,
    });
    expect(other.status).toBe(413);
  });

  it.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data',
    'no media type at all',
    '',
  ])('HTTP-10: without an Origin it is JSON under Content-Type %j', async (type) => {
    expect((await post('{"goal":"g"}', { 'content-type': type })).status).toBe(202);
  });

  it('HTTP-12: a body of very many values holds nobody up', async () => {
    const many = await post(`{"goal":"g","constraints":[${'0,'.repeat(3_900_000)}0]}`);
    expect([many.status, many.body]).toEqual([400, 'the body holds more than 50000 values\n']);
    const unknownKeys = Array.from({ length: 49_000 }, (_, index) => `"k${index}":[]`);
    expect((await post(`{"goal":"g","recipe":{"steps":[{"run":"x","env":{${unknownKeys.join()}}}]}}`)).status).toBe(
      400,
    );
    expect((await post(`{"goal":"g","constraints":[${'0,'.repeat(49_000)}0]}`)).status).toBe(400);
    expect(storedSteps()).toBe(0);
  });

  it('HTTP-10: a page has to say what it sends', async () => {
    const page = { origin: `http://127.0.0.1:${test.port}`, authorization: `Bearer ${TOKEN}` };
    expect((await post('{"goal":"g"}', { ...page, 'content-type': 'text/plain' })).status).toBe(400);
    expect((await post('{"goal":"g"}', { ...page, 'content-type': 'application/json' })).status).toBe(202);
    expect(storedSteps()).toBe(1);
  });

  it('HTTP-11: what follows the first value is ignored', async () => {
    const answer = await post('{"goal":"first"}{"goal":"second"} and more');
    expect([answer.status, JSON.parse(answer.body).goal]).toEqual([202, 'first']);
  });

  it('keys that an object already has do no harm', async () => {
    const body =
      '{"__proto__":{"goal":"p","is_simulation":true},"constructor":1,"toString":2,"hasOwnProperty":3,"goal":"g"}';
    const answer = await post(body);
    expect([answer.status, JSON.parse(answer.body).goal]).toEqual([202, 'g']);
    expect(Reflect.get({}, 'goal')).toBeUndefined();
  });

  it('of a key that is there twice the last one counts', async () => {
    expect(JSON.parse((await post('{"goal":"a","goal":"b"}')).body).goal).toBe('b');
  });

  it('what is not HTTP is 400 and the connection ends', async () => {
    const answer = await rawAnswer(test.port, 'hello there\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('X-Codencer-Error: invalid_input');
    const large = await rawAnswer(test.port, `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(100_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('keeps what was sent, word for word, with the step', async () => {
    const written: unknown[] = [];
    const evidence = {
      writeSubmission: async (_step: unknown, original: unknown) => {
        written.push(original);
        return { ok: true, value: [] } as const;
      },
    };
    const recording = await startTestApi({ evidence });
    insertRun(recording.store);
    const send = (body: string) =>
      httpAnswer({ port: recording.port, method: 'POST', path: '/api/v1/runs/http1/steps', body });
    await send('{ "goal":"g" }\n');
    await send('{"goal":"g","submission_provenance":{"original_format":"md","original_input":"# g\\n"}}');
    expect(written).toEqual([
      { format: 'json', text: '{ "goal":"g" }\n' },
      { format: 'md', text: '# g\n' },
    ]);
  });
});
