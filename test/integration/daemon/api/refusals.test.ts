import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';

import { closeServer, listenOn } from '../../../../main/daemon/api/listen.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi } from '../../../support/test-api.ts';

const json = { accept: 'application/json' };

describe('a refusal', () => {
  it('HTTP-18: is a line of text, and a problem for who accepts JSON', async () => {
    const { port } = await startTestApi();
    const path = '/api/v1/attempts/nope';
    const text = await httpAnswer({ port, path, headers: { accept: '*/*' } });
    expect([text.status, text.headers['content-type'], text.headers['x-codencer-error'], text.body]).toEqual([
      404,
      'text/plain; charset=utf-8',
      'attempt_not_found',
      'attempt nope not found\n',
    ]);
    for (const accept of ['application/json', 'application/problem+json', 'text/html, application/json;q=0.9']) {
      const problem = await httpAnswer({ port, path, headers: { accept, 'x-request-id': 'r1' } });
      expect(problem.headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(problem.body)).toEqual({
        type: 'urn:codencer:error:attempt_not_found',
        title: 'attempt not found',
        status: 404,
        detail: 'attempt nope not found',
        code: 'attempt_not_found',
        retry: 'no',
        request_id: 'r1',
      });
    }
  });

  it('HTTP-18: is a problem too where fastify refuses', async () => {
    const { port } = await startTestApi();
    const large = { port, method: 'POST', path: '/api/v1/runs', body: 'x'.repeat(70_000), headers: json };
    expect(JSON.parse((await httpAnswer(large)).body)).toMatchObject({ status: 413, code: 'body_too_large' });
    expect(JSON.parse((await httpAnswer({ port, path: '/nope', headers: json })).body)).toMatchObject({ status: 404 });
    expect(JSON.parse((await httpAnswer({ port, path: '/%', headers: json })).body)).toMatchObject({ status: 400 });
  });

  it('HTTP-19: of a bug tells the caller nothing but where to look', async () => {
    const broken = () => {
      throw new Error('secret detail at /home/somebody');
    };
    const test = await startTestApi({ changed: { instance: broken } });
    const headers = { 'x-request-id': 'find-me' };
    const answer = await httpAnswer({ port: test.port, path: '/api/v1/instance?token=x', headers });
    expect([answer.status, answer.headers['x-codencer-error'], answer.body]).toEqual([
      500,
      'internal',
      'something is broken in the daemon; its log tells more under find-me\n',
    ]);
    expect(test.logged).toHaveLength(1);
    expect(test.logged[0]).toContain('secret detail');
    expect(JSON.parse(test.logged[0] ?? '')).toMatchObject({ request_id: 'find-me', path: '/api/v1/instance' });
  });

  it.each([
    Object.assign(new Error('x'), { name: 'StorageFull' }),
    Object.assign(new Error('x'), { code: 'ENOSPC' }),
    Object.assign(new Error('x'), { code: 'SQLITE_FULL' }),
  ])('HTTP-19: of a full disk is 507 (%o)', async (error) => {
    const evidence = { writeSubmission: () => Promise.reject(error) };
    const test = await startTestApi({ evidence });
    insertRun(test.store);
    const answer = await httpAnswer({ port: test.port, method: 'POST', path: '/api/v1/runs/http1/steps', body: '{}' });
    expect([answer.status, answer.headers['x-codencer-error']]).toEqual([507, 'storage_full']);
    expect(test.logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe('HTTP-26: the end', () => {
  it('closes connections that only wait for the next request', async () => {
    const { api, port } = await startTestApi();
    const socket = connect({ host: '127.0.0.1', port });
    socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await api.close();
    await closed;
    expect(api.address()).toBeNull();
    await expect(httpAnswer({ port, path: '/health' })).rejects.toThrow('ECONNREFUSED');
  });

  it('may come before it listened, and twice', async () => {
    const { api } = await startTestApi();
    await api.close();
    await api.close();
  });

  it('a port that is taken is an outcome, and another one may be tried', async () => {
    const { port } = await startTestApi();
    const server = createServer();
    onTestFinished(() => closeServer(server));
    expect(await listenOn(server, { host: '127.0.0.1', port })).toMatchObject({
      ok: false,
      error: { code: 'port_taken' },
    });
    expect(await listenOn(server, { host: '127.0.0.1', port: 0 })).toMatchObject({ ok: true });
    expect(await listenOn(createServer(), { host: '203.0.113.1', port: 0 })).toMatchObject({
      ok: false,
      error: { code: 'listen_failed', systemCode: 'EADDRNOTAVAIL' },
    });
  });

  it('a port that is not for this user is not taken: no other port is tried for it', async () => {
    const server = createServer();
    const refused = Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' });
    const denying = Object.assign(server, { listen: () => server.emit('error', refused) && server });
    expect(await listenOn(denying, { host: '127.0.0.1', port: 80 })).toEqual({
      ok: false,
      error: {
        code: 'port_denied',
        systemCode: 'EACCES',
        sentence: 'cannot listen on 127.0.0.1:80: listen EACCES: permission denied',
      },
    });
  });
});
