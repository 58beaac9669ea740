import { describe, expect, it } from 'vitest';
import { GateAction, GateState, stateAfter } from '../../../contract/gate-state.ts';

describe('stateAfter', () => {
  it('is what the decision says, and never pending (GATE-1)', () => {
    expect(GateAction.options.map(stateAfter)).toEqual(['approved', 'rejected']);
    expect(GateState.options).toEqual(['pending', 'approved', 'rejected', 'expired', 'withdrawn']);
  });
});
