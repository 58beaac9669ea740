import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canMoveStep,
  isStepInFlight,
  isStepSuccess,
  isTerminalStep,
  RESOLVABLE_STATES,
  STEP_STATES,
  STEP_TRANSITIONS,
  type StepMove,
  type StepState,
  TERMINAL_STEP_STATES,
} from '../../../contract/step-state.ts';

const IN_FLIGHT: readonly StepState[] = ['dispatching', 'running', 'collecting_artifacts', 'validating'];
const SETTLED: readonly StepState[] = [...TERMINAL_STEP_STATES, 'needs_manual_attention'];
/** Where the machine itself can bring a step to its end. */
const MACHINE_ENDS = TERMINAL_STEP_STATES.filter((state) => state !== 'failed_retryable');

const everyMove: readonly StepMove[] = [
  ...STEP_STATES.map((to) => ({ by: 'machine', to }) as const),
  { by: 'retry', to: 'pending' },
  ...STEP_STATES.map((to) => ({ by: 'resolve', to }) as const),
];
const movesFrom = (from: StepState): readonly StepMove[] => everyMove.filter((move) => canMoveStep(from, move));
const isMachine = (move: StepMove): boolean => move.by === 'machine';

function reachableFrom(from: StepState): ReadonlySet<StepState> {
  const reached = new Set<StepState>();
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const next of STEP_TRANSITIONS[state].filter((one) => !reached.has(one))) {
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}

/** A step's history: where it stood, and the move that led there. */
interface Visit {
  readonly state: StepState;
  readonly by: StepMove['by'] | 'submit';
}

/** Follows chosen numbers through the moves that are possible at each point. */
function walk(choices: readonly number[], isAllowed: (move: StepMove) => boolean): readonly Visit[] {
  const visits: Visit[] = [{ state: 'pending', by: 'submit' }];
  let state: StepState = 'pending';
  for (const choice of choices) {
    const moves: readonly StepMove[] = movesFrom(state).filter(isAllowed);
    const move: StepMove | undefined = moves[choice % Math.max(moves.length, 1)];
    if (move === undefined) break;
    state = move.to;
    visits.push({ state, by: move.by });
  }
  return visits;
}

const choices = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 40 });
const lastIndexOf = (visits: readonly Visit[], state: StepState): number =>
  visits.findLastIndex((visit) => visit.state === state);

describe('the moves of the machine', () => {
  it('are these and no others (STATE-1, STATE-2)', () => {
    const early = ['cancelled', 'failed_adapter', 'failed_bridge', 'failed_terminal', 'timeout'];
    const success = ['completed', 'completed_with_warnings'];
    const open = ['needs_manual_attention', 'pending'];
    const none = Object.fromEntries(TERMINAL_STEP_STATES.map((state) => [state, []]));
    const sorted = Object.fromEntries(Object.entries(STEP_TRANSITIONS).map(([from, to]) => [from, to.toSorted()]));
    expect(sorted).toEqual({
      ...none,
      pending: ['cancelled', 'dispatching', 'needs_manual_attention'],
      dispatching: [...early, ...open, 'running'].toSorted(),
      running: [...early, ...open, 'collecting_artifacts', 'needs_approval'].toSorted(),
      collecting_artifacts: [...early, ...success, ...open, 'needs_approval', 'validating'].toSorted(),
      validating: [...early, ...success, ...open, 'failed_validation', 'needs_approval'].toSorted(),
      needs_approval: [...early, ...success, ...open, 'running'].toSorted(),
      needs_manual_attention: ['cancelled'],
    });
  });

  it('name each move once, and never lead nowhere (STATE-2)', () => {
    for (const from of STEP_STATES) {
      expect(new Set(STEP_TRANSITIONS[from]).size).toBe(STEP_TRANSITIONS[from].length);
      expect(STEP_TRANSITIONS[from]).not.toContain(from);
    }
  });

  it('lead out of no state that has ended (STATE-3)', () => {
    for (const state of TERMINAL_STEP_STATES) expect(movesFrom(state).filter(isMachine)).toEqual([]);
  });

  it.each(IN_FLIGHT)('lead from %s to every end, to a person, and back to pending (STATE-4)', (state) => {
    const reached = reachableFrom(state);
    expect(
      [...MACHINE_ENDS, 'needs_manual_attention', 'pending'].filter((end) => !reached.has(end as StepState)),
    ).toEqual([]);
  });

  it('lead from everywhere to some end (STATE-4)', () => {
    for (const state of STEP_STATES.filter((one) => !isTerminalStep(one))) {
      expect([...reachableFrom(state)].some(isTerminalStep)).toBe(true);
    }
  });

  it.each(IN_FLIGHT)('can take %s back to pending between attempts (STATE-4)', (state) => {
    expect(canMoveStep(state, { by: 'machine', to: 'pending' })).toBe(true);
  });

  it('enter needs_approval only where something can ask (STATE-9)', () => {
    const sources = STEP_STATES.filter((from) => canMoveStep(from, { by: 'machine', to: 'needs_approval' }));
    expect(sources).toEqual(['running', 'collecting_artifacts', 'validating']);
  });

  it('enter failed_validation only from validating (STATE-10)', () => {
    const sources = STEP_STATES.filter((from) => canMoveStep(from, { by: 'machine', to: 'failed_validation' }));
    expect(sources).toEqual(['validating']);
  });

  it('can cancel whatever has not ended (STATE-8, STATE-11)', () => {
    for (const from of STEP_STATES) {
      expect(canMoveStep(from, { by: 'machine', to: 'cancelled' })).toBe(!isTerminalStep(from));
    }
  });
});

describe('the moves of a person', () => {
  it('retry what has ended or needs attention, and nothing else (STATE-6, STATE-8)', () => {
    const retried = STEP_STATES.filter((from) => canMoveStep(from, { by: 'retry', to: 'pending' }));
    expect(new Set(retried)).toEqual(new Set(SETTLED));
  });

  it('resolve the same as another end (STATE-7, STATE-8)', () => {
    for (const from of STEP_STATES) {
      const ends = STEP_STATES.filter((to) => canMoveStep(from, { by: 'resolve', to }));
      const expected = SETTLED.includes(from) ? RESOLVABLE_STATES.filter((state) => state !== from) : [];
      expect(new Set(ends)).toEqual(new Set(expected));
    }
  });

  it('declare every end but failed_retryable (STATE-5, STATE-7)', () => {
    expect(new Set(RESOLVABLE_STATES)).toEqual(new Set(MACHINE_ENDS));
  });
});

describe('failed_retryable', () => {
  it('is entered by nobody, and left by a person (STATE-5)', () => {
    expect(STEP_STATES.flatMap(movesFrom).filter((move) => move.to === 'failed_retryable')).toEqual([]);
    expect(movesFrom('failed_retryable').length).toBeGreaterThan(0);
    expect(movesFrom('failed_retryable').some(isMachine)).toBe(false);
  });
});

describe('any life of a step', () => {
  it('left to the machine ends once and for all (STATE-3)', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const visits = walk(numbers, isMachine);
        const end = visits.findIndex(({ state }) => isTerminalStep(state));
        expect(end === -1 || end === visits.length - 1).toBe(true);
      }),
    );
  });

  it('never shows failed_retryable (STATE-5)', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        expect(walk(numbers, () => true).map(({ state }) => state)).not.toContain('failed_retryable');
      }),
    );
  });

  it('is not complete before an executor has run since it last waited (STATE-1, STATE-12)', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const visits = walk(numbers, isMachine);
        const last = visits.at(-1);
        if (last === undefined || !isStepSuccess(last.state)) return;
        expect(lastIndexOf(visits, 'running')).toBeGreaterThan(lastIndexOf(visits, 'pending'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('goes through dispatching before anything else of an attempt (STATE-1)', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const visits = walk(numbers, () => true);
        visits.forEach(({ state }, index) => {
          if (isStepInFlight(state) && state !== 'dispatching') {
            const sofar = visits.slice(0, index);
            expect(lastIndexOf(sofar, 'dispatching')).toBeGreaterThan(lastIndexOf(sofar, 'pending'));
          }
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves an end, and needs_manual_attention, only by what somebody asks (STATE-3, STATE-6, STATE-8)', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const visits = walk(numbers, () => true);
        visits.forEach(({ state }, index) => {
          const next = visits[index + 1];
          if (next?.by !== 'machine') return;
          expect(isTerminalStep(state)).toBe(false);
          if (state === 'needs_manual_attention') expect(next.state).toBe('cancelled');
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('is re-opened by nobody while it waits or works (STATE-6, STATE-7)', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        const visits = walk(numbers, () => true);
        visits.forEach(({ by }, index) => {
          if (by === 'retry' || by === 'resolve') expect(SETTLED).toContain(visits[index - 1]?.state);
        });
      }),
    );
  });
});

describe('what a state means', () => {
  it.each(STEP_STATES)('%s is one of: waiting, in flight, for a person, ended (STATE-1, STATE-12)', (state) => {
    const forPerson = state === 'needs_approval' || state === 'needs_manual_attention';
    const kinds = [state === 'pending', isStepInFlight(state), forPerson, isTerminalStep(state)];
    expect(kinds.filter(Boolean)).toHaveLength(1);
    if (isStepSuccess(state)) expect(isTerminalStep(state)).toBe(true);
  });

  it('success is these two (STATE-12)', () => {
    expect(STEP_STATES.filter(isStepSuccess)).toEqual(['completed', 'completed_with_warnings']);
  });
});
