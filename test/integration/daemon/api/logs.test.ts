import { text as readText } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';

import type { AttemptPlace } from '../../../../main/daemon/services/ports/attempt-place.ts';
import type { EvidenceLog } from '../../../../main/daemon/services/ports/evidence.ts';
import { httpAnswer, openAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const PATH = '/api/v1/steps/s-min/logs';
const attempt = sample.attempt({});
const place: AttemptPlace = { runId: attempt.runId, stepId: attempt.stepId, attemptId: attempt.id };

describe('HTTP-22: the log of an attempt', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
    test.store.steps.insert(sample.step({}));
  });

  const get = (query = '') => httpAnswer({ port: test.port, path: PATH + query });
  const openLog = async (name = 'stdout.log'): Promise<EvidenceLog> => {
    if (test.store.attempts.get(attempt.id) === null) test.store.attempts.insert(attempt);
    return successOf(await test.context.evidence.openLog(place, name, []));
  };
  const write = async (text: string, name?: string) => {
    const log = await openLog(name);
    await log.write(Buffer.from(text));
    await log.close();
  };

  it('is 204 before there is an attempt, and before it printed anything', async () => {
    expect(await get()).toMatchObject({ status: 204, body: '' });
    expect(await get('?follow=1')).toMatchObject({ status: 204 });
    test.store.attempts.insert(attempt);
    expect(await get()).toMatchObject({ status: 204, body: '' });
  });

  it('is the whole file as plain text', async () => {
    await write('one\ntwo\n');
    const answer = await get();
    expect([answer.status, answer.headers['content-type'], answer.body]).toEqual([200, 'text/plain', 'one\ntwo\n']);
    expect(answer.headers).toMatchObject({ 'x-codencer-attempt': 's-min-a1', 'x-codencer-log-bytes': '8' });
  });

  it('is read from any byte on', async () => {
    await write('0123456789');
    await write('errors', 'stderr.log');
    expect((await get('?offset=3&limit=4')).body).toBe('3456');
    expect((await get('?offset=8&limit=100')).body).toBe('89');
    expect((await get('?offset=10')).body).toBe('');
    expect((await get('?offset=99')).body).toBe('');
    expect((await get('?limit=0')).body).toBe('');
    expect((await get('?stream=stderr')).body).toBe('errors');
    expect((await get('?attempt=s-min-a1&offset=9')).body).toBe('9');
  });

  it.each(['?offset=-1', '?offset=x', '?limit=1.5', '?stream=both', '?follow=yes', '?attempt=..'])(
    '%s is refused in one sentence',
    async (query) => {
      expect(await get(query)).toMatchObject({ status: 400, body: expect.stringMatching(/^[a-z]+: [^\n]+\n$/) });
    },
  );

  it('of an attempt that the step does not have is 404', async () => {
    expect(await get('?attempt=other-a1')).toMatchObject({ status: 404 });
    expect(await get('?attempt=other-a1&follow=1')).toMatchObject({ status: 404 });
  });

  it('can be read while it grows', async () => {
    const log = await openLog();
    await log.write(Buffer.from('so far'));
    await waitUntil(async () => (await get()).body === 'so far');
    expect((await get()).headers['x-codencer-log-live']).toBe('true');
    await log.close();
  });

  it('is followed until it ends', async () => {
    const log = await openLog();
    await log.write(Buffer.from('first '));
    const response = await openAnswer({ port: test.port, path: `${PATH}?follow=1` });
    expect(response.headers['content-type']).toBe('text/plain');
    let text = '';
    const ended = (async () => {
      for await (const chunk of response) text += String(chunk);
    })();
    await waitUntil(() => text === 'first ');
    await log.write(Buffer.from('second '));
    await waitUntil(() => text === 'first second ');
    await log.write(Buffer.from('third'));
    await log.close();
    await ended;
    expect(text).toBe('first second third');
    expect((await get('?follow=1&offset=6')).body).toBe('second third');
  });
});

/** An API over a log that is followed as it says. */
async function startFollowed(follow: (signal: AbortSignal) => AsyncIterable<Uint8Array>): Promise<TestApi> {
  const followLog = (_place: unknown, _name: string, { signal }: { readonly signal: AbortSignal }) => follow(signal);
  const test = await startTestApi({ evidence: { followLog } });
  insertRun(test.store);
  test.store.steps.insert(sample.step({}));
  test.store.attempts.insert(attempt);
  return test;
}

describe('HTTP-24: whoever follows a log', () => {
  /** A log without an end that counts what was taken from it, and whether it was let go. */
  const endless = async () => {
    const taken = { chunks: 0, isClosed: false };
    const test = await startFollowed(async function* (signal) {
      try {
        while (!signal.aborted) {
          taken.chunks += 1;
          yield Buffer.alloc(64 * 1024, 'x');
        }
      } finally {
        taken.isClosed = true;
      }
    });
    return { test, taken };
  };

  it('without reading makes nothing grow, and leaves nothing behind', async () => {
    const { test, taken } = await endless();
    const response = await openAnswer({ port: test.port, path: `${PATH}?follow=1` });
    let before = -1;
    // Both sockets are full when nothing more is taken over two looks.
    await waitUntil(async () => {
      const isSettled = before === taken.chunks;
      before = taken.chunks;
      await httpAnswer({ port: test.port, path: '/health' });
      return isSettled;
    });
    expect(taken.chunks * 64).toBeLessThan(16 * 1024);
    response.destroy();
    await waitUntil(() => taken.isClosed);
  });

  it('gets every byte, however slowly it reads, of a source that uses its block again', async () => {
    const test = await startFollowed(async function* () {
      const block = Buffer.alloc(100_000);
      for (let count = 0; count < 200; count += 1) yield block.fill(count);
    });
    const response = await openAnswer({ port: test.port, path: `${PATH}?follow=1` });
    const parts: Buffer[] = [];
    for await (const part of response) {
      parts.push(part);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const whole = Buffer.concat(Array.from({ length: 200 }, (_, count) => Buffer.alloc(100_000, count)));
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
  });

  it('is told when the log cannot be read', async () => {
    const test = await startFollowed(() => brokenAfter([]));
    expect(await httpAnswer({ port: test.port, path: `${PATH}?follow=1` })).toMatchObject({ status: 500 });
  });

  it('does not take half a log for the whole', async () => {
    const test = await startFollowed(() => brokenAfter([Buffer.from('half')]));
    const response = await openAnswer({ port: test.port, path: `${PATH}?follow=1` });
    await expect(readText(response)).rejects.toThrow('aborted');
  });

  it('HTTP-26: is sent away when the daemon stops', async () => {
    const { test, taken } = await endless();
    const response = await openAnswer({ port: test.port, path: `${PATH}?follow=1` });
    response.on('error', () => undefined);
    response.resume();
    await test.api.close();
    await waitUntil(() => taken.isClosed);
  });
});

async function* brokenAfter(blocks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* blocks;
  throw new Error('the disk is gone');
}
