import { describe, expect, it } from 'vitest';

import { RESOLVABLE_STATES, STEP_STATES } from '../../../../contract/step-state.ts';
import { GateActionRequest, RunActionRequest } from '../../../../contract/wire/action-request.ts';
import { decodeWith } from '../../../../contract/wire/decode.ts';
import { CancelRequest, ResolveRequest, RetryRequest } from '../../../../contract/wire/step-requests.ts';

describe('a reason', () => {
  it.each([
    ['cancel', CancelRequest],
    ['retry', RetryRequest],
    ['run', RunActionRequest],
    ['gate', GateActionRequest],
  ] as const)('of blanks alone is none (%s)', (_name, schema) => {
    expect(decodeWith(schema, { reason: ' \n\t' })).toMatchObject({ ok: true, value: { reason: '' } });
    expect(decodeWith(schema, { reason: ' why \n' })).toMatchObject({ ok: true, value: { reason: 'why' } });
  });

  it('is needed to resolve a step', () => {
    for (const reason of ['', '  ']) {
      expect(decodeWith(ResolveRequest, { as: 'completed', reason })).toEqual({
        ok: false,
        error: 'reason: must say why',
      });
    }
  });
});

describe('resolving a step', () => {
  it('lists the states that are possible, and only those', () => {
    const known = RESOLVABLE_STATES.map((state) => `"${state}"`).join(', ');
    const impossible = STEP_STATES.filter((state) => !RESOLVABLE_STATES.some((one) => one === state));
    for (const as of ['foo', ...impossible]) {
      expect(decodeWith(ResolveRequest, { as, reason: 'seen' })).toEqual({
        ok: false,
        error: `as: must be one of ${known}`,
      });
    }
  });
});
