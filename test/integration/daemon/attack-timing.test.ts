import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { httpAnswer } from '../../support/http-request.ts';
import * as sample from '../../support/sample-records.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { insertRun } from '../../support/temporary-store.ts';
import { startTestApi } from '../../support/test-api.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

describe('a cancel that comes while the attempt is judged', () => {
  it('does not leave the step at the gate that was opened meanwhile', async () => {
    const test = await startTestApi();
    insertRun(test.store);
    test.store.steps.insert(sample.step({ record: { state: 'validating' } }));
    test.store.attempts.insert(sample.attempt({ state: 'validating' }));
    const { live } = test.context;
    live.stop = async () => {
      test.store.attempts.save(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS }));
      test.store.steps.save(sample.step({ record: { state: 'needs_approval' } }));
      test.store.gates.insert(sample.gate({}));
    };
    const path = '/api/v1/steps/s-min/cancel';
    const answer = await httpAnswer({ port: test.port, method: 'POST', path, body: '{"reason":"enough"}' });
    expect([answer.status, JSON.parse(answer.body).state]).toEqual([200, 'cancelled']);
    expect(test.store.gates.get(sample.gate({}).id)?.state).toBe('withdrawn');
  });
});

const Step = z.looseObject({ id: z.string(), run_id: z.string().optional(), state: z.string() });
const Run = z.looseObject({ id: z.string(), state: z.string() });

describe('everybody at once', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  beforeAll(async () => {
    repository = createRepository();
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  const TASKS = [command('true'), command('echo {} > package.json'), command('false'), command('sleep 0.2')];
  type Order = readonly [method: string, path: string, body: unknown];
  const ORDERS: readonly ((step: string, run: string) => Order)[] = [
    (step: string) => ['POST', `/api/v1/steps/${step}/cancel`, { reason: 'pair' }],
    (step: string) => ['POST', `/api/v1/steps/${step}/retry`, {}],
    (step: string) => ['POST', `/api/v1/steps/${step}/resolve`, { state: 'completed', reason: 'pair' }],
    (step: string) => ['POST', `/api/v1/gates/gate-${step}`, { action: 'approve' }],
    (step: string) => ['POST', `/api/v1/gates/gate-${step}`, { action: 'reject' }],
    (step: string, run: string) => ['POST', `/api/v1/runs/${run}/steps`, { version: 'v1', step_id: step, ...TASKS[1] }],
    (_step: string, run: string) => ['PATCH', `/api/v1/runs/${run}`, { action: 'abort' }],
    (_step: string, run: string) => ['POST', `/api/v1/runs/${run}/complete`, {}],
  ];

  it('finds one story, whichever two orders meet', async () => {
    const pairs = ORDERS.flatMap((_, one) => ORDERS.slice(one).map((__, more) => [one, one + more] as const));
    const statuses = await Promise.all(pairs.map((pair, index) => sendPair(pair, index)));
    expect(statuses.flat().filter((status) => status >= 500)).toEqual([]);
    await Promise.all(pairs.map((_, index) => client.wait(`s-${index}`, 60_000)));
    for (const index of pairs.keys()) await expectOneStory(index);
    expect((await daemon.request('GET', '/api/v1/audit/verify')).json).toMatchObject({ ok: true, problems: [] });
  }, 90_000);

  async function sendPair([one, other]: readonly [number, number], index: number): Promise<readonly number[]> {
    const [run, step] = [`r-${index}`, `s-${index}`];
    await client.startRun(run);
    await client.submit(run, { step_id: step, ...TASKS[index % TASKS.length] });
    if (index % 3 > 0) await client.wait(step);
    const answers = [one, other].map(async (which) => {
      const [method, path, body] = ORDERS[which]?.(step, run) ?? ['GET', '/health', undefined];
      return (await daemon.request(method, path, body)).status;
    });
    return Promise.all(answers);
  }

  const ENDED = /^(completed|cancelled|failed)/;

  async function expectOneStory(index: number): Promise<void> {
    const step = Step.parse(await client.step(`s-${index}`));
    const run = Run.parse((await daemon.request('GET', `/api/v1/runs/r-${index}`)).json);
    const gates = (await client.gates(step.id)).filter(({ state }) => state === 'pending');
    const attempts = z.array(Step).parse((await daemon.request('GET', `/api/v1/steps/${step.id}/attempts`)).json ?? []);
    const told = JSON.stringify({
      step: step.state,
      run: run.state,
      gates,
      attempts: attempts.map(({ state }) => state),
    });
    expect(gates.length, told).toBe(step.state === 'needs_approval' ? 1 : 0);
    expect(step.state, told).toMatch(/^(completed|cancelled|failed|needs_)/);
    for (const { state } of attempts) expect(state, told).toMatch(ENDED);
    if (ENDED.test(run.state)) expect(step.state, told).toMatch(ENDED);
    if (step.state === 'needs_approval') expect(run.state, told).toBe('paused_for_gate');
  }
});
