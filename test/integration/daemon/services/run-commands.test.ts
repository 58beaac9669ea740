import { describe, expect, it } from 'vitest';

import { RUN_STATES } from '../../../../contract/run-state.ts';
import { STEP_STATES } from '../../../../contract/step-state.ts';
import { abortRun } from '../../../../main/daemon/services/abort-run.ts';
import { completeRun } from '../../../../main/daemon/services/complete-run.ts';
import { startRun } from '../../../../main/daemon/services/start-run.ts';
import * as sample from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  runIdOf,
  stepIdOf,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

const actor = 'operator';
const abortRequest = { actor, reason: 'enough', atMs: sample.AT_MS };

function insertStep({ store }: TestServices, runId: string, fields: object): void {
  store.steps.insert(sample.step({ record: { runId, phaseId: `phase-execution-${runId}`, ...fields } }));
}

describe('completing a run', () => {
  it('SRV-20, STATE-13, STATE-14: ends a run that runs and has no open step', async () => {
    const services = await openTestServices();
    for (const state of RUN_STATES.filter((one) => one !== 'created')) {
      const runId = openRun(services, state);
      services.store.runs.save(sample.run({ id: runId, state }));
      const completed = completeRun(services.context, { runId, actor });
      const isOpen = state === 'running' || state === 'paused_for_gate';
      expect([state, completed.ok]).toEqual([state, isOpen]);
      if (!completed.ok) expect(completed.error.message).toBe(`run ${state} is already terminal in state ${state}`);
    }
  });

  it('SRV-20: waits for every step; a failed one that is required fails it', async () => {
    const services = await openTestServices();
    for (const state of STEP_STATES) {
      const runId = openRun(services, `r-${state}`);
      insertStep(services, runId, { id: `s-${state}`, state });
      const isOpen = !/^(completed|failed|timeout|cancelled)/.test(state);
      const completed = completeRun(services.context, { runId, actor });
      expect([state, completed.ok]).toEqual([state, !isOpen]);
      const hasFailed = state.startsWith('failed') || state === 'timeout';
      if (completed.ok) expect([state, completed.value.state]).toEqual([state, hasFailed ? 'failed' : 'completed']);
      else expect(completed.error.message).toMatch(/has 1 step that has not ended: wait for them/);
    }
  });

  it('SRV-20: a run that is being aborted ends cancelled, not completed', async () => {
    const services = await openTestServices();
    const runId = openRun(services);
    services.store.runs.save(sample.run({ id: runId, abortRequest }));
    expect(failureOf(completeRun(services.context, { runId, actor }))).toEqual({
      code: 'state_conflict',
      message: 'run r1 is being aborted: it ends cancelled when nothing of it is alive',
    });
  });
});

describe('aborting a run', () => {
  it('SRV-21: ends what is in flight and what waits, leaves what has ended, and closes the run last', async () => {
    const services = await openTestServices();
    const { store, context, dispatcher } = services;
    const runId = openRun(services);
    const other = openRun(services, 'r2');
    const long = { simulation: { durationMs: 60_000 } };
    const steps = await Promise.all([submit(services, taskOf(long)), submit(services, taskOf(long), other)]);
    const [mine, theirs] = steps.map((step) => successOf(step).id);
    dispatcher.start();
    await expect.poll(() => context.live.size).toBe(2);
    successOf(await submit(services, taskOf({ stepId: 'later', notBeforeMs: 9e12 })));
    insertStep(services, 'r1', { id: 'gated', state: 'needs_approval' });
    store.gates.insert(sample.gate({ id: 'gate-gated-a1', runId, stepId: 'gated', attemptId: null }));
    insertStep(services, 'r1', { id: 'stuck', state: 'needs_manual_attention' });
    insertStep(services, 'r1', { id: 'done', state: 'completed' });

    const [first, second] = await Promise.all([
      abortRun(context, { runId, actor, reason: 'enough' }),
      abortRun(context, { runId, actor: 'other', reason: 'too' }),
    ]);
    expect([successOf(first).state, successOf(second).state]).toEqual(['cancelled', 'cancelled']);
    const stateOf = (id: string) => store.steps.get(stepIdOf(id))?.state;
    expect([mine ?? '', 'later', 'gated', 'stuck', 'done'].map(stateOf)).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'cancelled',
      'completed',
    ]);
    expect(stateOf(theirs ?? '')).toBe('running');
    expect(store.gates.list({ runId, limit: 10 }).map(({ state }) => state)).toEqual(['withdrawn']);
    expect(store.runs.get(runId)?.abortRequest).toMatchObject({ actor, reason: 'enough' });
    const events = store.events.read({ after: 0, runId, limit: 100 });
    expect(events.at(-1)).toMatchObject({ type: 'run.state_changed', payload: { to: 'cancelled', reason: 'enough' } });
    expect(events.filter(({ type, stepId }) => type === 'attempt.started' && stepId !== mine)).toEqual([]);
  });

  it('SRV-21: a step that is just about to start does not', async () => {
    const services = await openTestServices();
    const runId = openRun(services);
    const { id } = successOf(await submit(services));
    const asked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    replaceIn(services, 'workspaces', (before) => ({
      async resolveBase(ref, freshness) {
        asked.resolve();
        await held.promise;
        return before.resolveBase(ref, freshness);
      },
    }));
    services.dispatcher.start();
    await asked.promise;
    successOf(await abortRun(services.context, { runId, actor, reason: '' }));
    held.resolve();
    await services.dispatcher.stop();
    expect(services.store.steps.get(id)?.state).toBe('cancelled');
    expect(services.store.attempts.listOfStep(id)).toEqual([]);
  });

  it('SRV-21: a run is not called cancelled while a step of it is in flight', async () => {
    const services = await openTestServices();
    const runId = openRun(services);
    insertStep(services, 'r1', { id: 'lost', state: 'running' });
    expect(failureOf(await abortRun(services.context, { runId, actor, reason: '' }))).toMatchObject({
      code: 'internal',
    });
    expect(services.store.runs.get(runId)).toMatchObject({ state: 'running', abortRequest: { actor } });
  });

  it('is refused for a run that has ended or is not there', async () => {
    const services = await openTestServices();
    const runId = openRun(services);
    successOf(completeRun(services.context, { runId, actor }));
    expect(failureOf(await abortRun(services.context, { runId, actor, reason: '' })).message).toBe(
      'run is already terminal in state completed',
    );
    expect(failureOf(await abortRun(services.context, { runId: runIdOf('no'), actor, reason: '' })).code).toBe(
      'run_not_found',
    );
  });
});

describe('starting a run', () => {
  it('SRV-39: is refused under an id that is taken, also by a phase of another run', async () => {
    const services = await openTestServices();
    openRun(services);
    const again = startRun(services.context, { id: runIdOf('r1'), actor });
    expect(failureOf(again).message).toBe('failed to create run r1: a run with this id exists');
    successOf(await submit(services, taskOf({ phaseId: 'phase-execution-r2' })));
    expect(failureOf(startRun(services.context, { id: runIdOf('r2'), actor }))).toEqual({
      code: 'duplicate_id',
      message: 'failed to create run r2: its first phase phase-execution-r2 exists in run r1',
    });
    expect(services.store.runs.get(runIdOf('r2'))).toBeNull();
  });
});
