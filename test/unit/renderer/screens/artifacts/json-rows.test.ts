import { expect, it } from 'vitest';
import { briefOf, entriesOf } from '../../../../../renderer/screens/artifacts/json-rows.ts';

it('tells in one line what a value is', () => {
  expect([[1], [], { a: 1, b: 2 }, 'x\n', null, 12].map((value) => briefOf(value))).toEqual([
    '[ 1 entry ]',
    '[ 0 entries ]',
    '{ 2 fields }',
    '"x\\n"',
    'null',
    '12',
  ]);
});

it('unfolds lists and objects, and nothing else', () => {
  expect(entriesOf(['a'])).toEqual([{ name: '0', value: 'a' }]);
  expect(entriesOf({ k: null })).toEqual([{ name: 'k', value: null }]);
  expect(entriesOf('text')).toBeNull();
});
