import { expect, it } from 'vitest';
import {
  NO_FILTER,
  readRunFilter,
  tellRunFilter,
  writeRunFilter,
} from '../../../../../renderer/screens/runs/run-filter.ts';

it.each([
  ['', NO_FILTER],
  ['q=log+in&state=failed&state=cancelled', { ...NO_FILTER, text: 'log in', states: ['failed', 'cancelled'] }],
  ['project=web%26shop&by=project', { ...NO_FILTER, project: 'web&shop', isGrouped: true }],
])('reads %j from an address, and writes it back', (address, filter) => {
  expect(readRunFilter(new URLSearchParams(address))).toEqual(filter);
  expect(writeRunFilter(filter).toString()).toBe(address);
});

it('is told in words', () => {
  const labelOf = (state: string): string => state.toUpperCase();
  expect(tellRunFilter(NO_FILTER, labelOf)).toBe('');
  expect(tellRunFilter({ ...NO_FILTER, text: 'a', states: ['failed', 'cancelled'], project: 'p' }, labelOf)).toBe(
    'state FAILED or CANCELLED and project p and text "a"',
  );
});
