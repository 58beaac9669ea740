import { describe, expect, it } from 'vitest';

import type { RunState } from '../../../../contract/run-state.ts';
import { isTerminalStep, STEP_STATES, type StepState } from '../../../../contract/step-state.ts';
import { recordGateOpened, recordRunState, recordStepMove } from '../../../../main/daemon/services/ledger.ts';
import { waitForRun, waitForStep } from '../../../../main/daemon/services/wait.ts';
import { createWatch } from '../../../../main/daemon/services/watch.ts';
import * as sample from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';
import { runIdOf, stepIdOf } from '../../../support/test-services.ts';

const LONG_MS = 60_000;

/** A record with one run and its steps, and how many wait for something in it. */
function openWaiting(...steps: readonly { readonly id: string; readonly state: StepState }[]) {
  const { store } = temporaryStore();
  insertRun(store);
  for (const record of steps) store.steps.insert(sample.step({ record }));
  let watchers = 0;
  const watch = createWatch(store);
  const counted = (stop: () => void) => {
    watchers += 1;
    return () => {
      watchers -= 1;
      stop();
    };
  };
  const context = {
    store,
    clock: () => sample.AT_MS,
    watch: {
      onStep: (...args: Parameters<typeof watch.onStep>) => counted(watch.onStep(...args)),
      onRun: (...args: Parameters<typeof watch.onRun>) => counted(watch.onRun(...args)),
    },
  };
  const cause = { by: 'machine', actor: 'test', reason: '' } as const;
  return {
    context,
    watchers: () => watchers,
    move: (id: string, ...states: readonly StepState[]) =>
      store.transaction(() => {
        for (const to of states) {
          const step = store.steps.get(stepIdOf(id));
          if (step !== null) recordStepMove(context, step, { ...cause, to });
        }
      }),
    moveRun: (state: RunState) =>
      store.transaction(() => {
        const run = store.runs.get(runIdOf('http1'));
        if (run !== null) recordRunState(context, run, { ...cause, state });
      }),
    openGate: (fields: object = {}) =>
      store.transaction(() => recordGateOpened(context, sample.gate({ attemptId: null, ...fields }))),
    waitStep: (id: string, { timeoutMs = LONG_MS, signal = new AbortController().signal } = {}) =>
      waitForStep(context, { stepId: stepIdOf(id), timeoutMs, signal }),
    waitRun: () =>
      waitForRun(context, { runId: runIdOf('http1'), timeoutMs: LONG_MS, signal: new AbortController().signal }),
  };
}

describe('waiting', () => {
  it('SRV-14: misses no commit, also one in the same turn of the loop', async () => {
    const waiting = openWaiting({ id: 's1', state: 'validating' });
    const wait = waiting.waitStep('s1');
    waiting.move('s1', 'completed');
    expect(successOf(await wait)).toMatchObject({ terminal: true, timedOut: false, step: { state: 'completed' } });
  });

  it('SRV-14: wakes everybody who waits, each for what concerns him', async () => {
    const waiting = openWaiting({ id: 's1', state: 'running' }, { id: 's2', state: 'running' });
    const controller = new AbortController();
    const first = Array.from({ length: 200 }, () => waiting.waitStep('s1'));
    const second = waiting.waitStep('s2', { signal: controller.signal });
    expect(waiting.watchers()).toBe(201);
    waiting.move('s1', 'collecting_artifacts');
    expect(waiting.watchers()).toBe(201);
    waiting.move('s1', 'completed');
    expect(waiting.watchers()).toBe(1);
    for (const wait of await Promise.all(first)) expect(successOf(wait).step.state).toBe('completed');
    controller.abort();
    expect(successOf(await second)).toMatchObject({ terminal: false, timedOut: true, step: { state: 'running' } });
    expect(waiting.watchers()).toBe(0);
  });

  it('SRV-15: ends in every state in which nothing happens without a person, and in no other', async () => {
    const waiting = openWaiting(...STEP_STATES.map((state) => ({ id: `s-${state}`, state })));
    for (const state of STEP_STATES) {
      const { terminal, timedOut } = successOf(await waiting.waitStep(`s-${state}`, { timeoutMs: 1 }));
      const ends = isTerminalStep(state) || state === 'needs_manual_attention';
      expect([state, terminal, timedOut]).toEqual([state, isTerminalStep(state), !ends]);
    }
  });

  it('SRV-15: ends at a gate, of a step and of its run, although other steps move', async () => {
    const waiting = openWaiting({ id: 's-min', state: 'running' }, { id: 's2', state: 'running' });
    const ofStep = waiting.waitStep('s-min');
    const ofRun = waiting.waitRun();
    const other = waiting.waitStep('s2');
    waiting.openGate();
    waiting.move('s-min', 'needs_approval');
    const atGate = { terminal: false, timedOut: false, gates: ['gate-s-min-a1'] };
    expect(successOf(await ofStep)).toMatchObject(atGate);
    expect(successOf(await ofRun)).toMatchObject(atGate);
    waiting.move('s2', 'collecting_artifacts', 'completed');
    expect(successOf(await other).gates).toEqual([]);
  });

  it('SRV-15: ends with the run, and when it pauses', async () => {
    const waiting = openWaiting();
    const paused = waiting.waitRun();
    waiting.moveRun('paused_for_gate');
    expect(successOf(await paused)).toMatchObject({ terminal: false, timedOut: false, gates: [] });
    waiting.moveRun('running');
    const ended = waiting.waitRun();
    waiting.moveRun('cancelled');
    expect(successOf(await ended)).toMatchObject({ terminal: true, timedOut: false, run: { state: 'cancelled' } });
  });

  it('ends at once when it was given up before it began, and tells what there is', async () => {
    const waiting = openWaiting({ id: 's1', state: 'running' });
    const wait = successOf(await waiting.waitStep('s1', { signal: AbortSignal.abort() }));
    expect(wait).toMatchObject({ terminal: false, timedOut: true });
    expect(waiting.watchers()).toBe(0);
  });

  it('for what is not there is refused at once', async () => {
    const waiting = openWaiting();
    expect(failureOf(await waiting.waitStep('nope')).code).toBe('step_not_found');
    expect(waiting.watchers()).toBe(0);
  });
});
