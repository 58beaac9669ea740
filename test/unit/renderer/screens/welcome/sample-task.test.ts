import { expect, it } from 'vitest';
import { isSettled, stageStates } from '../../../../../renderer/screens/welcome/sample-task.ts';

it.each([
  ['pending', 'now later later later later later'],
  ['running', 'done done now later later later'],
  ['validating', 'done done done done now later'],
  ['completed', 'done done done done done done'],
  ['completed_with_warnings', 'done done done done done done'],
  ['a_newer_one', 'later later later later later later'],
])('in %s the stages are %s', (state, stages) => {
  expect(stageStates(state).join(' ')).toBe(stages);
});

it('is over when nothing more comes by itself', () => {
  expect(['pending', 'dispatching', 'running', 'collecting_artifacts', 'validating'].map(isSettled)).not.toContain(
    true,
  );
  expect(['completed', 'failed_terminal', 'cancelled', 'needs_approval', 'timeout'].map(isSettled)).not.toContain(
    false,
  );
});
