import { beforeEach, describe, expect, it } from 'vitest';

import type { AttemptPlace } from '../../../../main/daemon/services/ports/attempt-place.ts';
import { httpAnswer, openAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

const attempt = { ...sample.attempt({}), state: 'running' } as const;
const place: AttemptPlace = { runId: attempt.runId, stepId: attempt.stepId, attemptId: attempt.id };
const OF_STEP = `/api/v1/steps/${attempt.stepId}/activity`;
const OF_ATTEMPT = `/api/v1/attempts/${attempt.id}/activity`;
const line = (text: string) => `${JSON.stringify({ at_ms: 1, kind: 'message', text, is_delta: true })}\n`;

describe('HTTP-54: what an agent does', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
    test.store.steps.insert(sample.step({}));
  });

  const get = (path: string) => httpAnswer({ port: test.port, path });
  const openLog = async () => {
    test.store.attempts.insert(attempt);
    return successOf(await test.context.evidence.openClean(place, 'activity.jsonl'));
  };

  it('is 204 where nothing was done, and 404 where nothing is', async () => {
    expect(await get(OF_STEP)).toMatchObject({ status: 204 });
    expect(await get(`${OF_STEP}?follow=true`)).toMatchObject({ status: 204 });
    expect(await get('/api/v1/steps/nope/activity')).toMatchObject({ status: 404 });
    expect(await get(OF_ATTEMPT)).toMatchObject({ status: 404 });
    test.store.attempts.insert(attempt);
    expect(await get(OF_ATTEMPT)).toMatchObject({ status: 204 });
  });

  it('is lines of JSON from any byte on, of an attempt or the newest of a step', async () => {
    const log = await openLog();
    await log.write(Buffer.from(line('one') + line('two')));
    await log.close();
    const whole = await get(OF_STEP);
    expect(whole.headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'x-codencer-attempt': attempt.id,
      'x-codencer-log-bytes': String(line('one').length * 2),
      'x-codencer-log-live': 'true',
    });
    expect(whole.body).toBe(line('one') + line('two'));
    expect((await get(`${OF_ATTEMPT}?offset=${line('one').length}`)).body).toBe(line('two'));
    expect((await get(`${OF_ATTEMPT}?offset=${line('one').length}&follow=1`)).body).toBe(line('two'));
  });

  it('is followed as it comes, until the agent has ended', async () => {
    const log = await openLog();
    await log.write(Buffer.from(line('one')));
    const followed = await openAnswer({ port: test.port, path: `${OF_ATTEMPT}?follow=true` });
    const chunks = followed[Symbol.asyncIterator]();
    const next = async () => String((await chunks.next()).value ?? '');
    expect(await next()).toBe(line('one'));
    await log.write(Buffer.from(line('two')));
    expect(await next()).toBe(line('two'));
    await log.close();
    expect((await chunks.next()).done).toBe(true);
  });
});
