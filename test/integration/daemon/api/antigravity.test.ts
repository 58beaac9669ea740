import { beforeEach, describe, expect, it } from 'vitest';

import { httpAnswer } from '../../../support/http-request.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

describe('HTTP-60: a daemon to which no Antigravity can be bound', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
  });

  const send = (method: string, path: string, body?: string) =>
    httpAnswer({
      port: test.port,
      method,
      path: `/api/v1/antigravity/${path}`,
      ...(body === undefined ? {} : { body }),
    });

  it('knows no instance and says so as an inherited list', async () => {
    expect(await send('GET', 'instances')).toMatchObject({ status: 200, body: 'null\n' });
  });

  it('HTTP-17: has a status of four bytes', async () => {
    const { status, body, headers } = await send('GET', 'status');
    expect([status, body, headers['content-length'], headers['content-type']]).toEqual([
      200,
      'null',
      '4',
      'application/json',
    ]);
  });

  it('binds no process that it does not know, and forgets nothing twice', async () => {
    const bound = await send('POST', 'bind', '{"pid":4242}');
    expect([bound.status, bound.body]).toEqual([
      404,
      'process 4242 is no Antigravity instance that this daemon knows\n',
    ]);
    expect(await send('GET', 'status')).toMatchObject({ body: 'null' });
    expect(await send('DELETE', 'bind')).toMatchObject({ status: 200, body: '' });
    expect(await send('DELETE', 'bind')).toMatchObject({ status: 200, body: '' });
  });

  it.each(['{}', '{"pid":0}', '{"pid":-1}', '{"pid":1.5}', '{"pid":"7"}', 'x', ''])(
    'refuses %j as no process',
    async (body) => {
      expect(await send('POST', 'bind', body)).toMatchObject({ status: 400 });
    },
  );

  it.each(['GET', 'PUT', 'PATCH'])('HTTP-15: has no %s of a binding', async (method) => {
    expect(await send(method, 'bind')).toMatchObject({ status: 405, body: 'Method not allowed\n' });
  });
});
