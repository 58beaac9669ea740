import { beforeEach, describe, expect, it } from 'vitest';

import { httpAnswer } from '../../../support/http-request.ts';
import { attempt, phase, step } from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

let test: TestApi;
beforeEach(async () => {
  test = await startTestApi();
  insertRun(test.store);
  insertRun(test.store, 'other');
});
const get = (path: string) => httpAnswer({ port: test.port, path });

describe('HTTP-42: phases of a run', () => {
  it('are listed in their order and read one by one', async () => {
    test.store.phases.insert(phase({ id: 'p2', name: 'Tactical Phase', seqOrder: 99 }));
    const list = JSON.parse((await get('/api/v1/runs/http1/phases')).body);
    expect(list).toMatchObject([
      { id: 'phase-execution-http1', run_id: 'http1', name: 'Execution', seq_order: 1, Steps: null },
      { id: 'p2' },
    ]);
    expect(JSON.parse((await get('/api/v1/runs/http1/phases/p2')).body)).toEqual(list[1]);
  });

  it('of a run that is not there, of another run and under a name that is none are refused', async () => {
    expect((await get('/api/v1/runs/none/phases')).status).toBe(404);
    expect(await get('/api/v1/runs/other/phases/phase-execution-http1')).toMatchObject({
      status: 404,
      body: 'run other has no phase phase-execution-http1\n',
    });
    expect((await get('/api/v1/runs/http1/phases/-x')).status).toBe(400);
  });
});

describe('HTTP-43: a trace', () => {
  function fill(): void {
    const { store } = test;
    store.transaction(() => {
      for (const [index, runId] of ['http1', 'other', 'http1'].entries()) {
        const place = { id: `s${index}`, runId, phaseId: `phase-execution-${runId}` };
        const made = step({ record: place });
        store.steps.insert(made);
        const traceId = index === 2 ? 't2' : 't1';
        const tried = attempt({ id: `s${index}-a1`, stepId: made.id, runId: made.runId, traceId });
        store.attempts.insert(tried);
        for (const type of ['attempt.started', 'attempt.ended'] as const) {
          const where = { runId: made.runId, stepId: made.id };
          store.events.append({ type, actor: 'daemon', ...where, attemptId: tried.id });
          store.events.append({ type: 'step.state_changed', actor: 'daemon', ...where });
        }
      }
    });
  }

  it('is what happened to its attempts, in order, over all runs and steps', async () => {
    fill();
    const { trace_id, attempts, events } = JSON.parse((await get('/api/v1/traces/t1')).body);
    expect([trace_id, attempts.map((one: { id: string }) => one.id)]).toEqual(['t1', ['s0-a1', 's1-a1']]);
    const seqs = events.map((event: { seq: number }) => event.seq);
    expect(seqs).toEqual([1, 3, 5, 7]);
  });

  it('is read page by page', async () => {
    fill();
    const first = await get('/api/v1/traces/t1?limit=3');
    expect(JSON.parse(first.body).events).toHaveLength(3);
    const next = /<([^>]+)>/.exec(first.headers.link?.toString() ?? '')?.[1] ?? '';
    const second = await get(next);
    expect([JSON.parse(second.body).events.length, second.headers.link]).toEqual([1, undefined]);
  });

  it('that nothing belongs to is 404, and a name that cannot be one 400', async () => {
    expect(await get('/api/v1/traces/t9')).toMatchObject({ status: 404, body: 'nothing belongs to the trace t9\n' });
    expect((await get('/api/v1/traces/%2e%2e')).status).toBe(400);
    expect((await get('/api/v1/traces/-x')).status).toBe(400);
    expect((await get('/api/v1/traces/t1?after=x')).body).toBe('after: must be a whole number\n');
  });
});
