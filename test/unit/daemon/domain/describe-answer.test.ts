import { expect, it } from 'vitest';
import { describeAnswer } from '../../../../main/daemon/domain/describe-answer.ts';

const once = { answer: 'allow', scope: 'once' } as const;
const no = { answer: 'reject', reason: 'not allowed here' } as const;

it.each([
  [{ answer: once, by: 'operator', reason: '' }, 'allowed once by operator'],
  [{ answer: { ...once, scope: 'attempt' }, by: 'operator', reason: 'ok' }, 'allowed for this attempt by operator: ok'],
  [{ answer: once, by: 'profile:claude', reason: 'rule 2' }, 'allowed once by the profile claude: rule 2'],
  [{ answer: no, by: 'profile:claude', reason: 'rule 1' }, 'rejected by the profile claude: rule 1'],
  [{ answer: no, by: 'daemon', reason: 'nobody in time' }, 'rejected by daemon: nobody in time'],
  [{ answer: { answer: 'cancelled' }, by: null, reason: '' }, 'nobody answered'],
] as const)('ACT-8: the answer %o is told as %s', (answered, words) => {
  expect(describeAnswer(answered)).toBe(words);
});
