import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AttemptState, isAttemptLive } from '../../../../contract/attempt-state.ts';
import { GateState } from '../../../../contract/gate-state.ts';
import type { GateRecord, RunRecord, StepRecord } from '../../../../contract/records.ts';
import { RunState } from '../../../../contract/run-state.ts';
import { isStepInFlight, StepState } from '../../../../contract/step-state.ts';
import type { Store } from '../../../../main/daemon/store/store.ts';
import { attempt, gate, phase, run, step } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const NOW = 10;
const RUNS = RunState.options.map((state) => run({ id: `run-${state}`, state }));

const arbitraryQueue = fc.array(
  fc.record({
    run: fc.constantFrom(...RUNS),
    state: fc.oneof({ weight: 4, arbitrary: fc.constant('pending') }, fc.constantFrom(...StepState.options)),
    priority: fc.integer({ min: -2, max: 2 }),
    enqueuedAtMs: fc.nat({ max: 4 }),
    notBeforeMs: fc.option(fc.nat({ max: 2 * NOW }), { nil: null }),
    gate: fc.option(fc.constantFrom(...GateState.options), { nil: null }),
  }),
  { maxLength: 40 },
);

interface Queued {
  readonly run: RunRecord;
  readonly step: StepRecord;
  readonly gate: GateRecord | null;
}

/** Ids that sort differently as text and as numbers. */
const stepId = (index: number) => `s${(index * 7) % 41}`;

function toQueue(drafts: typeof arbitraryQueue extends fc.Arbitrary<infer T> ? T : never): readonly Queued[] {
  return drafts.map((draft, index) => {
    const { run: ofRun, gate: gateState, ...record } = draft;
    const place = { id: stepId(index), runId: ofRun.id, phaseId: `phase-${ofRun.id}` };
    const subject = { id: `gate-${index}`, runId: ofRun.id, stepId: place.id, attemptId: null, subject: 'step' };
    return {
      run: ofRun,
      step: step({ record: { ...record, ...place } }),
      gate: gateState === null ? null : gate({ ...subject, state: gateState }),
    };
  });
}

function storeOf(queue: readonly Queued[]): Store {
  const { store } = temporaryStore();
  store.transaction(() => {
    for (const record of RUNS) {
      store.runs.insert(record);
      store.phases.insert(phase({ id: `phase-${record.id}`, runId: record.id }));
    }
    for (const queued of queue) {
      store.steps.insert(queued.step);
      if (queued.gate !== null) store.gates.insert(queued.gate);
    }
  });
  return store;
}

const byDeclaredOrder = (a: StepRecord, b: StepRecord) =>
  b.priority - a.priority || a.enqueuedAtMs - b.enqueuedAtMs || (a.id < b.id ? -1 : 1);

describe('the queue', () => {
  it('QRY-1: gives eligible steps in the declared order', () => {
    fc.assert(
      fc.property(arbitraryQueue, fc.integer({ min: 1, max: 20 }), (drafts, limit) => {
        const queue = toQueue(drafts);
        const store = storeOf(queue);
        const eligible = queue
          .filter((queued) => queued.run.state === 'running' && queued.gate?.state !== 'pending')
          .map((queued) => queued.step)
          .filter(({ state, notBeforeMs }) => state === 'pending' && (notBeforeMs ?? 0) <= NOW)
          .sort(byDeclaredOrder);
        expect(store.steps.listEligible({ nowMs: NOW, limit })).toEqual(eligible.slice(0, limit));
      }),
      { numRuns: 60 },
    );
  });

  it('QRY-1: a gate of an attempt keeps its step back', () => {
    const { store } = temporaryStore();
    insertRun(store);
    store.steps.insert(step({ record: { state: 'pending' } }));
    store.attempts.insert(attempt({ state: 'failed_bridge' }));
    store.gates.insert(gate({ subject: 'attempt' }));
    expect(store.steps.listEligible({ nowMs: NOW, limit: 5 })).toEqual([]);
    store.gates.save(gate({ subject: 'attempt', state: 'approved' }));
    expect(store.steps.listEligible({ nowMs: NOW, limit: 5 })).toHaveLength(1);
  });

  it('says when the next delayed step is due', () => {
    fc.assert(
      fc.property(arbitraryQueue, (drafts) => {
        const queue = toQueue(drafts);
        const pending = queue.map((queued) => queued.step).filter(({ state }) => state === 'pending');
        const later = pending.flatMap(({ notBeforeMs }) => (notBeforeMs === null ? [] : [notBeforeMs]));
        const next = later.filter((atMs) => atMs > NOW).sort((a, b) => a - b)[0] ?? null;
        expect(storeOf(queue).steps.nextNotBeforeMs({ nowMs: NOW })).toBe(next);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the steps of a run', () => {
  it('are counted by state, and by failure of required ones', () => {
    const { store } = temporaryStore();
    insertRun(store);
    for (const [index, state] of [...StepState.options, ...StepState.options].entries()) {
      store.steps.insert(step({ record: { id: `s${index}`, state, isRequired: index < StepState.options.length } }));
    }
    const { counts, failedRequired } = store.steps.tallyOfRun(run({}).id);
    expect(counts).toEqual(Object.fromEntries(StepState.options.map((state) => [state, 2])));
    expect(failedRequired).toBe(6);
    expect(store.steps.tallyOfRun(run({ id: 'other' }).id).failedRequired).toBe(0);
  });

  it('are listed oldest first', () => {
    const { store } = temporaryStore();
    insertRun(store);
    for (const [id, createdAtMs] of [
      ['b', 2],
      ['a', 2],
      ['c', 1],
    ] as const) {
      store.steps.insert(step({ record: { id, createdAtMs } }));
    }
    expect(store.steps.listOfRun(run({}).id).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});

it('QRY-7: steps in flight are those that are worked on', () => {
  const { store } = temporaryStore();
  insertRun(store);
  const kinds = StepState.options.flatMap((state) => [
    { state, attemptState: null },
    ...AttemptState.options.map((attemptState) => ({ state, attemptState })),
  ]);
  for (const [index, { state, attemptState }] of kinds.entries()) {
    const id = `s${index}`;
    store.steps.insert(step({ record: { id, state, createdAtMs: index } }));
    if (attemptState !== null) store.attempts.insert(attempt({ id: `${id}-a1`, stepId: id, state: attemptState }));
  }
  const expected = kinds.flatMap(({ state, attemptState }, index) => {
    const lives = attemptState !== null && isAttemptLive(attemptState);
    return isStepInFlight(state) || (state === 'needs_approval' && lives) ? [`s${index}`] : [];
  });
  expect(store.steps.listInFlight().map(({ id }) => id)).toEqual(expected);
});
