import { expect, it } from 'vitest';

import { cancelledBy } from '../../../../main/daemon/services/attempt-work.ts';

it.each([
  ['', 'Cancelled by operator'],
  ['enough', 'Cancelled by operator: enough'],
])('a cancellation with the reason %j is "%s"', (reason, sentence) => {
  expect(cancelledBy({ actor: 'operator', reason })).toBe(sentence);
});
