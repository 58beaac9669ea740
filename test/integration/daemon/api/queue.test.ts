import { beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';

import { WireQueue } from '../../../../contract/wire/queue.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { AT_MS, attempt, gate, run, step } from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

const FAR = Date.UTC(2100, 0);

describe('HTTP-41: the queue', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
  });

  const read = async (query = '') => {
    const answer = await httpAnswer({ port: test.port, path: `/api/v1/queue${query}` });
    return { ...answer, queue: WireQueue.parse(JSON.parse(answer.body)) };
  };
  const wait = (id: string, record: object = {}) =>
    test.store.steps.insert(step({ spec: { title: `Title of ${id}` }, record: { id, state: 'pending', ...record } }));
  const idsOf = ({ queue }: { readonly queue: z.infer<typeof WireQueue> }) =>
    queue.waiting.map(({ step_id }) => step_id);

  it('is empty where nothing runs and nothing waits', async () => {
    const none = { gate: 0, run: 0, not_before: 0, slot: 0 };
    expect((await read()).queue).toEqual({
      slots: 4,
      slots_used: 0,
      running: [],
      waiting_total: 0,
      waiting_for: none,
      waiting: [],
    });
  });

  it('says of each step what it waits for, in the order of the starts', async () => {
    test.store.runs.insert(run({ id: 'paused', state: 'paused_for_gate' }));
    for (let index = 0; index < 5; index += 1) wait(`free${index}`, { enqueuedAtMs: AT_MS + index });
    wait('urgent', { priority: 5, notBeforeMs: FAR });
    wait('gated', { priority: -1 });
    test.store.gates.insert(gate({ id: 'g1', subject: 'step', stepId: 'gated', attemptId: null }));
    const { queue } = await read();
    expect(queue.waiting.map(({ step_id, blocked_reason }) => [step_id, blocked_reason])).toEqual([
      ['urgent', 'not_before'],
      ['free0', null],
      ['free1', null],
      ['free2', null],
      ['free3', null],
      ['free4', 'slot'],
      ['gated', 'gate'],
    ]);
    expect(queue.waiting.at(-1)).toMatchObject({ gates: ['g1'], title: 'Title of gated' });
    expect(queue.waiting[0]?.not_before).toBe('2100-01-01T00:00:00Z');
    expect([queue.waiting_total, queue.waiting_for]).toEqual([7, { gate: 1, run: 0, not_before: 1, slot: 5 }]);
  });

  it('shows what runs', async () => {
    test.store.steps.insert(step({ spec: { title: 'At work' } }));
    test.store.attempts.insert(attempt({ startedAtMs: AT_MS }));
    const { queue } = await read();
    expect(queue.running).toMatchObject([
      { step_id: 's-min', attempt_id: 's-min-a1', title: 'At work', state: 'running', step_state: 'running' },
    ]);
  });

  it('says of a step whose agent asked something that it waits for the answer', async () => {
    test.store.steps.insert(step({ record: { state: 'needs_approval' } }));
    test.store.attempts.insert(attempt({ startedAtMs: AT_MS }));
    expect((await read()).queue.running).toMatchObject([{ state: 'running', step_state: 'needs_approval' }]);
  });

  it('is read page by page, and what comes in between shifts nothing', async () => {
    for (let index = 0; index < 5; index += 1) wait(`s${index}`, { enqueuedAtMs: AT_MS + index });
    const first = await read('?limit=2');
    wait('urgent', { priority: 9 });
    const link = /^<\/api\/v1\/queue(\?[^>]+)>; rel="next"$/.exec(first.headers.link?.toString() ?? '')?.[1];
    const second = await read(link);
    expect([idsOf(first), idsOf(second)]).toEqual([
      ['s0', 's1'],
      ['s2', 's3'],
    ]);
    expect(second.queue.waiting_total).toBe(6);
    expect((await read('?limit=6')).headers.link).toBeUndefined();
  });

  it.each(['?limit=0', '?limit=x', '?after=nothing', '?after=1:2:..'])('%s is refused by name', async (query) => {
    const answer = await httpAnswer({ port: test.port, path: `/api/v1/queue${query}` });
    expect([answer.status, answer.body]).toEqual([400, expect.stringMatching(/^(limit|after): [^\n]+\n$/)]);
  });
});
