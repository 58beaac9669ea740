import { describe, expect, it } from 'vitest';
import { requestDocument, viewOf } from '../../../../contract/client/document.ts';
import type { Connection } from '../../../../contract/client/http-types.ts';
import { readFields } from '../../../../contract/client/read-fields.ts';
import { recordingConnection } from '../../../support/recording-connection.ts';

const SPEC = { method: 'GET', path: '/api/v1/x' } as const;
const ask = (connection: Connection, signal?: AbortSignal) =>
  requestDocument(connection, { ...SPEC, signal }, (json) => readFields(json, (fields) => fields.id('id')));

const failing = (error: unknown): Connection => ({
  baseUrl: 'http://127.0.0.1:1',
  token: null,
  fetch: () => Promise.reject(error),
});

const refusing = (status: number, text: string, headers: Record<string, string> = {}): Connection => ({
  baseUrl: 'http://127.0.0.1:1',
  token: null,
  fetch: async () => ({ status, headers: new Headers(headers), body: null, text: async () => text }),
});

describe('a document', () => {
  it('is there as it came and as a view', async () => {
    const { connection } = recordingConnection({ text: '{"id":"x","more":1}\n' });
    const reply = await ask(connection);
    expect(reply.ok && reply.value.json).toEqual({ id: 'x', more: 1 });
    expect(reply.ok && reply.value.read()).toEqual({ ok: true, value: 'x' });
    expect(await viewOf(ask(connection))).toEqual({ ok: true, value: 'x' });
  });

  it('keeps a body that is no JSON as a value, and is unreadable', async () => {
    const reply = await ask(recordingConnection({ text: 'hello' }).connection);
    expect(reply.ok && reply.value.json).toEqual({ value: 'hello' });
    expect(reply.ok && reply.value.read()).toMatchObject({ ok: false, error: { kind: 'unreadable', status: 200 } });
  });

  it('is refused with the daemon’s own words and code', async () => {
    const reply = await ask(refusing(409, 'gate is already resolved\n', { 'X-Codencer-Error': 'gate_closed' }));
    expect(reply).toEqual({
      ok: false,
      error: { kind: 'refused', status: 409, code: 'gate_closed', message: 'gate is already resolved' },
    });
  });

  it('is refused with the status alone where the daemon says nothing', async () => {
    const reply = await ask(refusing(502, ''));
    expect(reply).toMatchObject({ ok: false, error: { code: null, message: 'request failed with status 502' } });
  });

  it.each([
    [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }), 'ECONNRESET'],
    [Object.assign(new Error('late'), { name: 'TimeoutError' }), 'TIMEOUT'],
    [new Error('strange'), 'UNKNOWN'],
    ['stranger', 'UNKNOWN'],
  ])('names why nobody answered (%s)', async (error, cause) => {
    expect(await ask(failing(error))).toMatchObject({ ok: false, error: { kind: 'unreachable', cause } });
  });

  it('tells an abort from a failure', async () => {
    const aborted = await ask(failing(new Error('aborted')), AbortSignal.abort());
    expect(aborted).toEqual({ ok: false, error: { kind: 'aborted' } });
  });

  it('sends the token, and a content type only with a body', async () => {
    const { connection, requests } = recordingConnection();
    await ask({ ...connection, token: 'secret' });
    expect(requests[0]?.headers).toEqual({ authorization: 'Bearer secret' });
    await requestDocument(connection, { method: 'POST', path: '/p', body: { a: 1 } }, () => ({
      ok: true,
      value: null,
    }));
    expect(requests[1]?.headers).toEqual({ 'content-type': 'application/json' });
  });
});
