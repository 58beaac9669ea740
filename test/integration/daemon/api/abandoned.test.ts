import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';

import { artifact, attempt, step } from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

/** Asks, and hangs up as soon as the daemon works on it. */
async function abandon(test: TestApi, request: string, begun: Promise<void>): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: test.port });
  socket.on('error', () => undefined);
  socket.write(`${request} HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\nContent-Length: 0\r\n\r\n`);
  await begun;
  socket.destroy();
}

describe('HTTP-51: who goes away', () => {
  it.each(['POST /api/v1/artifacts/art-s-min-a1-x/verify', 'GET /api/v1/audit/verify'])(
    'ends %s, which is no fault of the daemon',
    async (request) => {
      const begun = Promise.withResolvers<void>();
      const ended = Promise.withResolvers<void>();
      const test = await startTestApi({
        evidence: {
          verify: async (_artifact, signal) => {
            begun.resolve();
            await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
            setImmediate(ended.resolve);
            throw signal?.reason;
          },
        },
      });
      insertRun(test.store);
      test.store.steps.insert(step({}));
      test.store.attempts.insert(attempt({}));
      test.store.artifacts.insert(artifact({ name: 'x' }));
      await abandon(test, request, begun.promise);
      await ended.promise;
      expect(test.logged.filter((line) => line.includes('request failed'))).toEqual([]);
    },
  );

  it('ends the following of a log of which nothing came yet', async () => {
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const test = await startTestApi({
      evidence: {
        async *followLog(_place, _name, { signal }) {
          begun.resolve();
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          yield Buffer.from('too late');
          setImmediate(ended.resolve);
        },
      },
    });
    insertRun(test.store);
    test.store.steps.insert(step({}));
    test.store.attempts.insert(attempt({}));
    await abandon(test, 'GET /api/v1/steps/s-min/logs?follow=1', begun.promise);
    await ended.promise;
    expect(test.logged.filter((line) => line.includes('request failed'))).toEqual([]);
  });
});
