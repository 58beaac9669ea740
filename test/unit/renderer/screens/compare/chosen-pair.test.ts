import { describe, expect, it } from 'vitest';
import { clientAttempt } from '../../../../../contract/client/client-attempt.ts';
import { readFields } from '../../../../../contract/client/read-fields.ts';
import { chosenPair } from '../../../../../renderer/screens/compare/chosen-pair.ts';

const attempts = [1, 2, 3].flatMap((number) => {
  const read = readFields({ id: `a${number}`, number }, clientAttempt);
  return read.ok ? [read.value] : [];
});
const numbersOf = (asked: string | null) => chosenPair(attempts, asked)?.map(({ number }) => number);

describe('which attempts are compared', () => {
  it('are those that the address names, in its order', () => {
    expect(numbersOf('1,2')).toEqual([1, 2]);
    expect(numbersOf('3,1')).toEqual([3, 1]);
  });

  it('are the newest two where it names none, or one twice', () => {
    for (const asked of [null, '', '9,1', '2,2', 'x']) expect(numbersOf(asked)).toEqual([2, 3]);
  });

  it('are none where there is one', () => {
    expect(chosenPair(attempts.slice(0, 1), '1,1')).toBeNull();
  });
});
