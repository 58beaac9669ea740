import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../../contract/records.ts';
import { canMoveRun, isTerminalRun, RUN_STATES, type RunState } from '../../../../contract/run-state.ts';
import { isStepInFlight, isTerminalStep, STEP_STATES, type StepState } from '../../../../contract/step-state.ts';
import {
  countMoving,
  countOpen,
  endOfRun,
  followRun,
  type StepTally,
} from '../../../../main/daemon/domain/follow-run.ts';
import { arbitraryRun } from '../../../support/arbitrary-records.ts';

const noSteps = Object.fromEntries(STEP_STATES.map((state) => [state, 0])) as Record<StepState, number>;
const tallyOf = (counts: Partial<Record<StepState, number>>, failedRequired = 0): StepTally => ({
  counts: { ...noSteps, ...counts },
  failedRequired,
});

const [sample] = fc.sample(arbitraryRun, { numRuns: 1, seed: 1 });
const runOf = (change: Partial<RunRecord>): RunRecord => {
  if (sample === undefined) throw new Error('no sample');
  return { ...sample, state: 'running', closeWhenIdle: false, abortRequest: null, ...change };
};
const abortRequest = { actor: 'operator', reason: '', atMs: 1 };

const tally = fc
  .record({
    counts: fc.record(
      Object.fromEntries(STEP_STATES.map((state) => [state, fc.constantFrom(0, 0, 0, 1, 3)])) as Record<
        StepState,
        fc.Arbitrary<number>
      >,
    ),
    failedRequired: fc.constantFrom(0, 0, 1, 2),
  })
  .map(({ counts, failedRequired }): StepTally => ({ counts, failedRequired }));
/** Half of all tallies have steps that ended only, or none: nothing would ever end otherwise. */
const anyTally = fc.oneof(
  tally,
  tally.map(({ counts, failedRequired }) => ({
    failedRequired,
    counts: {
      ...noSteps,
      ...Object.fromEntries(Object.entries(counts).filter(([state]) => state.startsWith('c'))),
      collecting_artifacts: 0,
    },
  })),
);
const gates = fc.constantFrom(0, 0, 1, 5);
const run = fc.record({ state: fc.constantFrom(...RUN_STATES), closeWhenIdle: fc.boolean() }).map(runOf);

describe('followRun', () => {
  it.each<[string, Partial<RunRecord>, StepTally, number, RunState]>([
    ['nothing was submitted', {}, tallyOf({}), 0, 'running'],
    ['nothing was submitted and it closes when idle', { closeWhenIdle: true }, tallyOf({}), 0, 'running'],
    ['a step waits', {}, tallyOf({ pending: 1 }), 0, 'running'],
    ['a step works', {}, tallyOf({ validating: 1 }), 0, 'running'],
    ['a step waits while another is gated', {}, tallyOf({ pending: 1, needs_approval: 1 }), 1, 'running'],
    ['only a gated step is left', {}, tallyOf({ completed: 2, needs_approval: 1 }), 1, 'paused_for_gate'],
    ['only a step for a person is left', {}, tallyOf({ needs_manual_attention: 1 }), 0, 'paused_for_gate'],
    ['a gate of the run itself is pending', {}, tallyOf({ completed: 1 }), 1, 'paused_for_gate'],
    ['it was paused and a step waits again', { state: 'paused_for_gate' }, tallyOf({ pending: 1 }), 0, 'running'],
    ['it was paused and all steps ended', { state: 'paused_for_gate' }, tallyOf({ cancelled: 1 }), 0, 'running'],
    ['all steps ended', {}, tallyOf({ completed: 3 }), 0, 'running'],
    ['all steps ended and it closes when idle', { closeWhenIdle: true }, tallyOf({ completed: 3 }), 0, 'completed'],
    ['a required step failed', { closeWhenIdle: true }, tallyOf({ timeout: 1, completed: 1 }, 1), 0, 'failed'],
    ['a step failed that it does not require', { closeWhenIdle: true }, tallyOf({ timeout: 1 }), 0, 'completed'],
    ['its steps were cancelled', { closeWhenIdle: true }, tallyOf({ cancelled: 2 }), 0, 'completed'],
    [
      'it closes when idle and waits for a person',
      { closeWhenIdle: true },
      tallyOf({ needs_manual_attention: 1 }, 1),
      0,
      'paused_for_gate',
    ],
    [
      'it closes when idle, was paused, and the gate is decided',
      { closeWhenIdle: true, state: 'paused_for_gate' },
      tallyOf({ completed: 1 }),
      0,
      'completed',
    ],
    ['it was only created', { state: 'created' }, tallyOf({ needs_approval: 1 }), 1, 'running'],
    ['it is being aborted', { abortRequest }, tallyOf({ needs_approval: 1 }), 1, 'running'],
    [
      'it is being aborted while paused',
      { abortRequest, state: 'paused_for_gate' },
      tallyOf({ pending: 1 }),
      0,
      'paused_for_gate',
    ],
    ['it was cancelled', { state: 'cancelled' }, tallyOf({ pending: 1 }), 0, 'cancelled'],
  ])('when %s (RUN-1, RUN-2, RUN-3, RUN-4, RUN-5)', (_name, change, steps, pendingGates, expected) => {
    expect(followRun(runOf(change), steps, pendingGates)).toBe(expected);
  });

  it('never moves a run that ended or is being aborted (RUN-1)', () => {
    fc.assert(
      fc.property(run, anyTally, gates, (one, steps, pendingGates) => {
        expect(followRun({ ...one, abortRequest }, steps, pendingGates)).toBe(one.state);
        if (isTerminalRun(one.state)) expect(followRun(one, steps, pendingGates)).toBe(one.state);
      }),
    );
  });

  it('only leads where the run can go (RUN-6)', () => {
    fc.assert(
      fc.property(run, anyTally, gates, (one, steps, pendingGates) => {
        const next = followRun(one, steps, pendingGates);
        expect(next === one.state || canMoveRun(one.state, next)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('pauses only when nothing moves and something waits for a person (RUN-2, RUN-3)', () => {
    fc.assert(
      fc.property(run, anyTally, gates, (one, steps, pendingGates) => {
        if (one.state === 'created' || isTerminalRun(one.state)) return;
        const moves = countMoving(steps) > 0;
        const waits = !moves && (pendingGates > 0 || countOpen(steps) > 0);
        const next = followRun(one, steps, pendingGates);
        expect(next === 'paused_for_gate').toBe(waits);
        if (moves) expect(next).toBe('running');
      }),
      { numRuns: 2_000 },
    );
  });

  it('ends only what was asked to close, has steps, and has none left (RUN-4, RUN-5)', () => {
    fc.assert(
      fc.property(run, anyTally, gates, (one, steps, pendingGates) => {
        if (isTerminalRun(one.state)) return;
        const next = followRun(one, steps, pendingGates);
        if (!isTerminalRun(next)) return;
        expect(one.closeWhenIdle).toBe(true);
        expect(countOpen(steps)).toBe(0);
        expect(Object.values(steps.counts).some((count) => count > 0)).toBe(true);
        expect(next).toBe(steps.failedRequired > 0 ? 'failed' : 'completed');
      }),
      { numRuns: 2_000 },
    );
  });

  it('has nothing more to say once it was followed (RUN-6)', () => {
    fc.assert(
      fc.property(run, anyTally, gates, (one, steps, pendingGates) => {
        if (one.state === 'created') return;
        const next = followRun(one, steps, pendingGates);
        expect(followRun({ ...one, state: next }, steps, pendingGates)).toBe(next);
      }),
    );
  });
});

describe('the tally', () => {
  it.each(STEP_STATES)('counts %s as what it is (RUN-2, RUN-3)', (state) => {
    const steps = tallyOf({ [state]: 2 });
    expect(countMoving(steps)).toBe(state === 'pending' || isStepInFlight(state) ? 2 : 0);
    expect(countOpen(steps)).toBe(isTerminalStep(state) ? 0 : 2);
  });

  it('says how a run ends (RUN-5)', () => {
    expect(endOfRun(tallyOf({ cancelled: 1, completed_with_warnings: 1 }))).toBe('completed');
    expect(endOfRun(tallyOf({ completed: 9 }, 1))).toBe('failed');
  });
});
