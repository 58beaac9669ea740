import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RunState } from '../../../../contract/run-state.ts';
import { whyBlocked } from '../../../../main/daemon/domain/why-blocked.ts';
import { AT_MS, gate, run, step } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const FREE = { runState: 'running', hasPendingGate: false, nowMs: 100 } as const;

describe('whyBlocked', () => {
  it.each([
    [{ notBeforeMs: null }, FREE, null],
    [{ notBeforeMs: 100 }, FREE, null],
    [{ notBeforeMs: 101 }, FREE, 'not_before'],
    [{ notBeforeMs: 101 }, { ...FREE, runState: 'created' as const }, 'run'],
    [{ notBeforeMs: 101 }, { ...FREE, runState: 'paused_for_gate' as const }, 'gate'],
    [{ notBeforeMs: 101 }, { ...FREE, runState: 'created' as const, hasPendingGate: true }, 'gate'],
  ])('%j among %j is %s', (waiting, surroundings, reason) => {
    expect(whyBlocked(waiting, surroundings)).toBe(reason);
  });

  it('QRY-9: says of each step what the record counts', () => {
    const row = fc.record({
      state: fc.constantFrom(...RunState.options),
      notBeforeMs: fc.constantFrom(null, AT_MS - 1, AT_MS, AT_MS + 1),
      hasPendingGate: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const { store } = temporaryStore();
        insertRun(store);
        const counted = { gate: 0, run: 0, notBefore: 0, eligible: 0 };
        for (const [index, { state: runState, notBeforeMs, hasPendingGate }] of rows.entries()) {
          const id = `s${index}`;
          store.runs.insert(run({ id: `r${index}`, state: runState }));
          const waiting = step({ record: { id, runId: `r${index}`, state: 'pending', notBeforeMs } });
          store.steps.insert(waiting);
          if (hasPendingGate)
            store.gates.insert(gate({ id: `g${index}`, subject: 'step', stepId: id, attemptId: null }));
          const reason = whyBlocked(waiting, { runState, hasPendingGate, nowMs: AT_MS });
          counted[reason === 'not_before' ? 'notBefore' : (reason ?? 'eligible')] += 1;
        }
        expect(store.steps.tallyPending({ nowMs: AT_MS })).toEqual(counted);
        expect(store.steps.listEligible({ nowMs: AT_MS, limit: 100 })).toHaveLength(counted.eligible);
      }),
      { numRuns: 40 },
    );
  });
});
