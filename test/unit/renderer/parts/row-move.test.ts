import { expect, it } from 'vitest';
import { moveOf } from '../../../../renderer/parts/row-move.ts';

it.each([
  ['ArrowDown', 4, 5],
  ['j', 9, 9],
  ['ArrowUp', 0, 0],
  ['k', 4, 3],
  ['PageDown', 4, 9],
  ['PageUp', 4, 0],
  ['Home', 4, 0],
  ['End', 4, 9],
  ['a', 4, null],
])('%s in row %i of ten leads to %s', (key, index, to) => {
  expect(moveOf(key, { index, count: 10, page: 6 })).toBe(to);
});
