import { expect, it } from 'vitest';
import {
  NO_FILTER,
  readRunFilter,
  tellRunFilter,
  writeRunFilter,
} from '../../../../../renderer/screens/runs/run-filter.ts';

it.each([
  ['', NO_FILTER],
  ['q=log+in&state=failed', { text: 'log in', state: 'failed', project: '' }],
  ['project=web%26shop', { text: '', state: '', project: 'web&shop' }],
])('reads %j from an address, and writes it back', (address, filter) => {
  expect(readRunFilter(new URLSearchParams(address))).toEqual(filter);
  expect(writeRunFilter(filter).toString()).toBe(address);
});

it('is told in words', () => {
  const labelOf = (state: string): string => state.toUpperCase();
  expect(tellRunFilter(NO_FILTER, labelOf)).toBe('');
  expect(tellRunFilter({ text: 'a', state: 'failed', project: 'p' }, labelOf)).toBe(
    'state FAILED and project p and text "a"',
  );
});
