import { expect, it } from 'vitest';
import { AttemptState } from '../../../../contract/attempt-state.ts';
import { GateState } from '../../../../contract/gate-state.ts';
import { RUN_STATES } from '../../../../contract/run-state.ts';
import { STEP_STATES } from '../../../../contract/step-state.ts';
import { type Noun, stateWords } from '../../../../renderer/words/states.ts';

const STATES: readonly (readonly [Noun, readonly string[]])[] = [
  ['step', STEP_STATES],
  ['run', RUN_STATES],
  ['attempt', AttemptState.options],
  ['gate', GateState.options],
];

it.each(STATES)('every state of a %s has a word of its own', (noun, states) => {
  const labels = states.map((state) => stateWords(noun, state).label);
  expect(labels.filter((label, index) => label === states[index])).toEqual([]);
  expect(new Set(labels).size).toBe(labels.length);
});

it('amber is for what waits for a person, and for nothing else', () => {
  const waiting = STATES.flatMap(([noun, states]) =>
    states.filter((state) => stateWords(noun, state).tone === 'you').map((state) => `${noun} ${state}`),
  );
  expect(waiting).toEqual([
    'step needs_approval',
    'step needs_manual_attention',
    'run paused_for_gate',
    'gate pending',
  ]);
});

it.each(['levitating', 'constructor', '__proto__', 'toString'])(
  '%s, of a newer daemon, is told by its name',
  (state) => {
    expect(stateWords('step', state)).toMatchObject({ label: state, tone: 'idle', rail: 'dotted' });
  },
);
