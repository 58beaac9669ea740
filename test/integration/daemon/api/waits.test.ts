import { connect } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';

import { getStep } from '../../../../main/daemon/services/read-steps.ts';
import { httpAnswer, openAnswer } from '../../../support/http-request.ts';
import * as sample from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const step = sample.step({});

describe('HTTP-25: a wait', () => {
  let test: TestApi;
  let watchers = 0;
  beforeEach(async () => {
    test = await startTestApi();
    countWatchers(test);
    insertRun(test.store);
    test.store.steps.insert(step);
  });

  /** How many wait right now: what is left behind would show. */
  function countWatchers({ context }: TestApi): void {
    const watch = { ...context.watch };
    const counted = (stop: () => void) => {
      watchers += 1;
      return () => {
        watchers -= 1;
        stop();
      };
    };
    watchers = 0;
    Object.assign(context.watch, {
      onStep: (...args: Parameters<typeof watch.onStep>) => counted(watch.onStep(...args)),
      onRun: (...args: Parameters<typeof watch.onRun>) => counted(watch.onRun(...args)),
    });
  }

  const wait = (path: string, body: object = {}) =>
    httpAnswer({ port: test.port, method: 'POST', path, body: JSON.stringify(body) });
  const waitStep = (body: object = {}) => wait('/api/v1/steps/s-min/wait', body);
  const move = (state: string) =>
    test.store.transaction(() => {
      const now = successOf(getStep(test.context, { stepId: step.id }));
      test.store.steps.save({ ...now, state: state as typeof now.state });
      test.store.events.append({ type: 'step.state_changed', actor: 'daemon', runId: step.runId, stepId: step.id });
    });

  it('ends as soon as the step has ended', async () => {
    const answer = waitStep();
    await waitUntil(() => watchers === 1);
    move('validating');
    move('completed');
    const { status, body } = await answer;
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        step_id: 's-min',
        state: 'completed',
        terminal: true,
        timed_out: false,
        step: expect.objectContaining({ id: 's-min', state: 'completed' }),
        gates: [],
      },
    ]);
    expect(watchers).toBe(0);
  });

  it('brings the result along when asked, and only when there is one', async () => {
    expect(JSON.parse((await waitStep({ include_result: true, timeout_ms: 0 })).body).result).toBeUndefined();
    move('completed');
    expect(JSON.parse((await waitStep({ include_result: true })).body).result).toMatchObject({ state: 'completed' });
  });

  it('ends at a gate', async () => {
    test.store.attempts.insert(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS }));
    const answer = waitStep();
    await waitUntil(() => watchers === 1);
    test.store.transaction(() => {
      test.store.gates.insert(sample.gate({}));
      move('needs_approval');
    });
    const { body } = await answer;
    expect(JSON.parse(body)).toMatchObject({
      state: 'needs_approval',
      terminal: false,
      timed_out: false,
      gates: ['gate-s-min-a1'],
    });
  });

  it('ends when a person has to look', async () => {
    move('needs_manual_attention');
    expect(JSON.parse((await waitStep()).body)).toMatchObject({ terminal: false, timed_out: false, gates: [] });
  });

  it('ends when its time is up, which is no error', async () => {
    const { status, body } = await waitStep({ timeout_ms: 20, interval_ms: 1 });
    expect([status, JSON.parse(body)]).toEqual([
      200,
      expect.objectContaining({ state: 'running', terminal: false, timed_out: true }),
    ]);
    expect(watchers).toBe(0);
  });

  it('of a run ends with the run', async () => {
    const answer = wait('/api/v1/runs/http1/wait');
    await waitUntil(() => watchers === 1);
    test.store.transaction(() => {
      test.store.runs.save(sample.run({ state: 'completed' }));
      test.store.events.append({ type: 'run.state_changed', actor: 'daemon', runId: step.runId });
    });
    const { body } = await answer;
    expect(JSON.parse(body)).toEqual({
      run_id: 'http1',
      state: 'completed',
      terminal: true,
      timed_out: false,
      run: expect.objectContaining({ id: 'http1' }),
      gates: [],
    });
  });

  it('for what is not there is 404, and for what cannot be is 400', async () => {
    expect((await wait('/api/v1/steps/nope/wait')).status).toBe(404);
    expect((await wait('/api/v1/runs/nope/wait')).status).toBe(404);
    expect((await waitStep({ timeout_ms: -1 })).body).toBe('timeout_ms: must be at least 0\n');
    expect((await waitStep({ timeout_ms: 'long' })).status).toBe(400);
  });

  it('without a body waits for the usual time', async () => {
    move('completed');
    const { status } = await httpAnswer({ port: test.port, method: 'POST', path: '/api/v1/steps/s-min/wait' });
    expect(status).toBe(200);
  });

  it('is over when whoever waits has gone', async () => {
    const socket = connect({ host: '127.0.0.1', port: test.port });
    socket.write(`POST /api/v1/steps/s-min/wait HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\nContent-Length: 0\r\n\r\n`);
    await waitUntil(() => watchers === 1);
    socket.destroy();
    await waitUntil(() => watchers === 0);
  });

  it('HTTP-26: is 503 when the daemon stops', async () => {
    const answer = openAnswer({ port: test.port, method: 'POST', path: '/api/v1/steps/s-min/wait', body: '{}' });
    await waitUntil(() => watchers === 1);
    await test.api.close();
    const response = await answer;
    expect([response.statusCode, response.headers['x-codencer-error']]).toEqual([503, 'shutting_down']);
    response.resume();
  });
});
