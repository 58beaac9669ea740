import { expect, it } from 'vitest';
import type { ClientExecutor } from '../../../../../contract/client/client-executor.ts';
import { executorVerdict, problemsFirst } from '../../../../../renderer/screens/executors/executor-words.ts';

const executor = (name: string, fields: Partial<ClientExecutor> = {}) =>
  ({ name, problems: [], isAvailable: true, mode: 'real', loggedIn: 'yes', ...fields }) as unknown as ClientExecutor;

it.each([
  [{}, 'good', 'Found'],
  [{ loggedIn: 'unknown' }, 'good', 'Found'],
  [{ loggedIn: 'no' }, 'doubtful', 'Found, not signed in'],
  [{ isAvailable: false, mode: '' }, 'absent', 'Not installed'],
  [{ isAvailable: false, mode: 'simulation' }, 'doubtful', 'Simulates'],
  [{ problems: ['line 3'] }, 'bad', 'Its profile has problems'],
])('%j is %s: %s', (fields, kind, text) => {
  expect(executorVerdict(executor('x', fields))).toEqual({ kind, text });
});

it('what needs somebody stands first, and what is not installed last', () => {
  const list = [
    executor('absent', { isAvailable: false, mode: '' }),
    executor('good'),
    executor('signed-out', { loggedIn: 'no' }),
    executor('broken', { problems: ['p'] }),
    executor('also-good'),
  ];
  expect(problemsFirst(list).map(({ name }) => name)).toEqual(['broken', 'signed-out', 'also-good', 'good', 'absent']);
});
