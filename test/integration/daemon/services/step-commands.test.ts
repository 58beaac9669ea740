import { describe, expect, it } from 'vitest';

import type { StepId } from '../../../../contract/ids.ts';
import {
  canMoveStep,
  isStepInFlight,
  isTerminalStep,
  STEP_STATES,
  type StepState,
} from '../../../../contract/step-state.ts';
import { abortRun } from '../../../../main/daemon/services/abort-run.ts';
import { cancelStep } from '../../../../main/daemon/services/cancel-step.ts';
import { resolveStep } from '../../../../main/daemon/services/resolve-step.ts';
import { retryStep } from '../../../../main/daemon/services/retry-step.ts';
import * as sample from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  runIdOf,
  settled,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

const actor = 'operator';

/** Steps of one run, each where the test needs it. */
async function openSteps() {
  const services = await openTestServices();
  openRun(services);
  const { store } = services;
  const insert = (state: StepState, id: string = state): StepId => {
    const step = sample.step({ record: { id, runId: 'r1', phaseId: 'phase-execution-r1', state, attemptsUsed: 2 } });
    store.steps.insert(step);
    return step.id;
  };
  const insertGate = (stepId: StepId): string => {
    const id = `gate-${stepId}-a1`;
    store.gates.insert(sample.gate({ id, runId: 'r1', stepId, attemptId: null }));
    return id;
  };
  const events = (stepId: StepId) => store.events.read({ after: 0, stepId, limit: 100 }).map(({ type }) => type);
  return { services, store, insert, insertGate, events };
}

/** A step whose executor goes on until somebody ends it. */
async function running(services: TestServices): Promise<StepId> {
  const { id } = successOf(await submit(services, taskOf({ simulation: { durationMs: 60_000 } })));
  services.dispatcher.start();
  await expect.poll(() => services.store.steps.get(id)?.state).toBe('running');
  return id;
}

describe('retrying a step', () => {
  it('SRV-16, STATE-6: takes every settled step back to the queue, and no other', async () => {
    const { services, store, insert } = await openSteps();
    for (const state of STEP_STATES) {
      const stepId = insert(state);
      const retried = retryStep(services.context, { stepId, actor, reason: 'once more' });
      expect([state, retried.ok]).toEqual([state, canMoveStep(state, { by: 'retry', to: 'pending' })]);
      if (retried.ok) expect(store.steps.get(stepId)).toMatchObject({ state: 'pending', attemptsUsed: 0 });
      else expect(retried.error.code).toBe(state === 'needs_approval' ? 'state_conflict' : 'step_in_flight');
    }
  });

  it('SRV-16: keeps the time that was named, and is refused in a run that takes no more work', async () => {
    const { services, insert } = await openSteps();
    const later = successOf(retryStep(services.context, { stepId: insert('timeout'), actor, notBeforeMs: 9e12 }));
    expect(later.notBeforeMs).toBe(9e12);
    const stepId = insert('failed_terminal');
    successOf(await abortRun(services.context, { runId: runIdOf('r1'), actor, reason: '' }));
    expect(failureOf(retryStep(services.context, { stepId, actor }))).toEqual({
      code: 'run_closed',
      message: 'run r1 is cancelled and takes no more work: submit the task to another run',
    });
  });
});

describe('resolving a step', () => {
  it('SRV-17, STATE-7: moves what is settled to another end, and nothing else anywhere', async () => {
    const { services, store, insert, events } = await openSteps();
    for (const from of STEP_STATES) {
      for (const as of STEP_STATES) {
        const stepId = insert(from, `${from}-${as}`);
        const resolved = resolveStep(services.context, { stepId, as, actor, reason: 'seen it' });
        expect([from, as, resolved.ok]).toEqual([from, as, canMoveStep(from, { by: 'resolve', to: as })]);
        expect(store.steps.get(stepId)?.state).toBe(resolved.ok ? as : from);
        expect(events(stepId)).toEqual(resolved.ok ? ['step.state_changed', 'step.resolved'] : []);
      }
    }
  });

  it('SRV-17: needs a reason, and a run that has not ended', async () => {
    const { services, store, insert } = await openSteps();
    const stepId = insert('failed_terminal');
    expect(failureOf(resolveStep(services.context, { stepId, as: 'completed', actor, reason: ' ' })).code).toBe(
      'invalid_input',
    );
    store.runs.save(sample.run({ id: 'r1', state: 'completed' }));
    expect(failureOf(resolveStep(services.context, { stepId, as: 'completed', actor, reason: 'x' })).code).toBe(
      'run_closed',
    );
  });
});

describe('cancelling a step', () => {
  it('SRV-18, STATE-11: ends what waits at once, with its gates; what has ended stays', async () => {
    const { services, store, insert, insertGate } = await openSteps();
    for (const state of STEP_STATES.filter((one) => !isStepInFlight(one))) {
      const stepId = insert(state);
      const gateId = insertGate(stepId);
      const cancelled = await cancelStep(services.context, { stepId, actor, reason: '' });
      const canEnd = !isTerminalStep(state);
      expect([state, cancelled.ok]).toEqual([state, canEnd || state === 'cancelled']);
      expect(store.steps.get(stepId)?.state).toBe(canEnd ? 'cancelled' : state);
      const [gate] = store.gates.list({ stepId, limit: 1 });
      expect([gate?.id, gate?.state]).toEqual([gateId, canEnd ? 'withdrawn' : 'pending']);
      if (!cancelled.ok) expect(cancelled.error.message).toBe(`step ${stepId} has already ended ${state}`);
    }
  });

  it('SRV-19: answers when nothing of it is alive; the wish stands before that', async () => {
    const { services, store, events } = await openSteps();
    const stepId = await running(services);
    const [first, second] = await Promise.all([
      cancelStep(services.context, { stepId, actor, reason: 'enough' }),
      cancelStep(services.context, { stepId, actor: 'other', reason: 'too' }),
    ]);
    expect([successOf(first).state, successOf(second).state]).toEqual(['cancelled', 'cancelled']);
    expect(services.context.live.size).toBe(0);
    expect(store.attempts.newestOfStep(stepId)).toMatchObject({
      state: 'cancelled',
      summary: 'Cancelled by operator: enough',
      cancelRequest: { actor, reason: 'enough' },
    });
    const types = events(stepId);
    expect(types.filter((type) => type === 'step.cancel_requested')).toHaveLength(1);
    expect(types.indexOf('step.cancel_requested')).toBeLessThan(types.indexOf('attempt.ended'));
  });

  it('SRV-19: says what became of a step that did not end cancelled', async () => {
    const { services } = await openSteps();
    replaceIn(services, 'workspaces', () => ({
      salvage: async () => ({ ok: false, error: { sentence: 'the disk is broken' } }),
    }));
    const stepId = await running(services);
    const refused = failureOf(await cancelStep(services.context, { stepId, actor, reason: '' }));
    expect(refused.code).toBe('state_conflict');
    expect(refused.message).toMatch(/^step \S+ was stopped and needs_manual_attention \(.*the disk is broken\)/);
    expect(refused.message).toMatch(/: look at it, then cancel it once more$/);
    expect(successOf(await cancelStep(services.context, { stepId, actor, reason: '' })).state).toBe('cancelled');
  });

  it('SRV-19: what was to be retried is not, once somebody wants its end', async () => {
    const { services } = await openSteps();
    const retry = { maxAttempts: 5, baseSeconds: 0, on: ['command_failed', 'cancelled', 'interrupted'] };
    const { id: stepId } = successOf(
      await submit(services, taskOf({ retry, simulation: { durationMs: 60_000, exitCode: 3 } })),
    );
    services.dispatcher.start();
    await expect.poll(() => services.store.steps.get(stepId)?.state).toBe('running');
    expect(successOf(await cancelStep(services.context, { stepId, actor, reason: '' })).state).toBe('cancelled');
    expect((await settled(services, stepId)).state).toBe('cancelled');
    expect(services.store.attempts.listOfStep(stepId)).toHaveLength(1);
  });
});
