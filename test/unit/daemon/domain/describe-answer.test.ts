import { expect, it } from 'vitest';
import { describeAnswer } from '../../../../main/daemon/domain/describe-answer.ts';

it.each([
  [{ answer: 'allow', scope: 'once' }, 'allowed once'],
  [{ answer: 'allow', scope: 'attempt' }, 'allowed for this attempt'],
  [{ answer: 'reject', reason: 'not now' }, 'rejected: not now'],
  [{ answer: 'cancelled' }, 'nobody answered'],
] as const)('ACT-8: the answer %o is told as %s', (answer, words) => {
  expect(describeAnswer(answer)).toBe(words);
});
