import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AttemptState, ENDED_ATTEMPT_STATES, LIVE_ATTEMPT_STATES } from '../../../../contract/attempt-state.ts';
import { GateKind, GateState } from '../../../../contract/gate-state.ts';
import type { AttemptRecord, GateRecord, StepRecord } from '../../../../contract/records.ts';
import { canMoveStep, isStepSuccess, isTerminalStep, STEP_STATES, StepState } from '../../../../contract/step-state.ts';
import { type Decision, decideGate, effectOfGate } from '../../../../main/daemon/domain/decide-gate.ts';
import { arbitraryAttempt, arbitraryGate, arbitraryStep, timeMs } from '../../../support/arbitrary-records.ts';

const DIGEST = 'a'.repeat(64);
const OTHER_DIGEST = 'b'.repeat(64);

const sampleOf = <T>(arbitrary: fc.Arbitrary<T>): T => {
  const [sample] = fc.sample(arbitrary, { numRuns: 1, seed: 7 });
  if (sample === undefined) throw new Error('no sample');
  return sample;
};
const plainGate: GateRecord = {
  ...sampleOf(arbitraryGate),
  kind: 'policy',
  subject: 'attempt',
  state: 'pending',
  subjectDigest: DIGEST,
  decidedAtMs: null,
  decidedBy: null,
  decidedDigest: null,
  reason: '',
};
const gateOf = (change: Partial<GateRecord>): GateRecord => ({ ...plainGate, ...change });
const stepIn = (state: StepState): StepRecord => ({ ...sampleOf(arbitraryStep), state });
const attemptIn = (state: AttemptState): AttemptRecord => ({
  ...sampleOf(arbitraryAttempt),
  state,
  summary: 'All done.',
});

const approve: Decision = {
  action: 'approve',
  actor: 'operator',
  reason: 'looks right',
  digest: null,
  scope: 'once',
  atMs: 1_000,
};
const reject: Decision = { ...approve, action: 'reject', reason: 'too much' };

const decision: fc.Arbitrary<Decision> = fc.record({
  action: fc.constantFrom('approve', 'reject'),
  actor: fc.constantFrom('operator', 'planner:x'),
  reason: fc.string(),
  digest: fc.constantFrom(null, DIGEST, OTHER_DIGEST),
  scope: fc.constantFrom('once', 'attempt'),
  atMs: timeMs,
});

describe('decideGate', () => {
  it('approves and rejects (GATE-4)', () => {
    expect(decideGate(gateOf({}), approve)).toMatchObject({
      ok: true,
      value: { state: 'approved', reason: 'looks right' },
    });
    expect(decideGate(gateOf({}), reject)).toMatchObject({
      ok: true,
      value: { state: 'rejected', reason: 'too much' },
    });
  });

  it.each(GateState.options.filter((state) => state !== 'pending'))('refuses a gate that is %s (GATE-1)', (state) => {
    const decided = decideGate(gateOf({ state, decidedAtMs: 0 }), approve);
    expect(decided).toMatchObject({ ok: false, error: { code: 'gate_closed' } });
    if (!decided.ok)
      expect(decided.error.message).toBe(
        `gate is already resolved: ${plainGate.id} was ${state} at 1970-01-01T00:00:00.000Z`,
      );
  });

  it('decides once, whatever is decided first and second (GATE-1)', () => {
    fc.assert(
      fc.property(decision, decision, (first, second) => {
        const once = decideGate(gateOf({}), { ...first, digest: null });
        if (!once.ok) throw new Error(once.error.message);
        expect(decideGate(once.value, second)).toMatchObject({ ok: false, error: { code: 'gate_closed' } });
      }),
    );
  });

  it('says what digest the gate has when another one was named (GATE-2)', () => {
    expect(decideGate(gateOf({}), { ...approve, digest: OTHER_DIGEST })).toMatchObject({
      ok: false,
      error: { code: 'gate_changed', details: { subjectDigest: DIGEST } },
    });
  });

  it('still takes the right decision after a wrong digest (GATE-1, GATE-2)', () => {
    const gate = gateOf({});
    decideGate(gate, { ...approve, digest: OTHER_DIGEST });
    expect(decideGate(gate, { ...approve, digest: DIGEST }).ok).toBe(true);
  });

  it('records whether the digest was named (GATE-3)', () => {
    const decidedDigest = (digest: string | null): string | null => {
      const decided = decideGate(gateOf({}), { ...approve, digest });
      return decided.ok ? decided.value.decidedDigest : decided.error.code;
    };
    expect([null, DIGEST].map(decidedDigest)).toEqual(['present', 'named']);
  });

  it('changes what a decision is, and nothing else (GATE-2, GATE-3, GATE-4, GATE-8)', () => {
    fc.assert(
      fc.property(arbitraryGate, decision, (any, one) => {
        const gate: GateRecord = { ...any, state: 'pending', subjectDigest: DIGEST };
        const decided = decideGate(gate, one);
        expect(decided.ok).toBe(one.digest !== OTHER_DIGEST);
        if (!decided.ok) return;
        expect(decided.value).toEqual({
          ...gate,
          state: one.action === 'approve' ? 'approved' : 'rejected',
          decidedAtMs: one.atMs,
          decidedBy: one.actor,
          decidedDigest: one.digest === null ? 'present' : 'named',
          reason: one.reason,
          scope: gate.kind === 'permission' && one.action === 'approve' ? one.scope : null,
        });
      }),
    );
  });
});

describe('effectOfGate', () => {
  const approved = gateOf({ state: 'approved' });
  const rejected = gateOf({ state: 'rejected', reason: 'too much' });
  const waiting = stepIn('needs_approval');

  it.each(['completed', 'completed_with_warnings'] as const)(
    'approved, ends the step %s as its attempt (GATE-5)',
    (state) => {
      expect(effectOfGate(approved, waiting, attemptIn(state))).toEqual({
        kind: 'move_step',
        state,
        reason: 'All done.',
      });
    },
  );

  it('rejected, ends the step cancelled and says why (GATE-6)', () => {
    const attempt = attemptIn('completed');
    const reason = `rejected at ${plainGate.id}: too much`;
    expect(effectOfGate(rejected, waiting, attempt)).toEqual({ kind: 'move_step', state: 'cancelled', reason });
    expect(effectOfGate({ ...rejected, reason: '' }, waiting, attempt)).toMatchObject({
      reason: `rejected at ${plainGate.id}: no reason was given`,
    });
  });

  it('in front of a step, lets it go on or ends it (GATE-6)', () => {
    expect(effectOfGate(approved, stepIn('pending'), null)).toEqual({ kind: 'none' });
    expect(effectOfGate(rejected, stepIn('pending'), null)).toMatchObject({ kind: 'move_step', state: 'cancelled' });
  });

  it.each(LIVE_ATTEMPT_STATES)('approved, leaves the step of an attempt alone that is %s (GATE-7)', (state) => {
    expect(effectOfGate(approved, waiting, attemptIn(state))).toEqual({ kind: 'none' });
  });

  it.each(ENDED_ATTEMPT_STATES.filter((state) => !isStepSuccess(state)))(
    'approved, makes no success of an attempt that is %s: a person has to look (GATE-7)',
    (state) => {
      const reason = `${plainGate.id} was approved, yet the attempt behind it is ${state}`;
      const attention = { kind: 'move_step', state: 'needs_manual_attention', reason };
      expect(effectOfGate(approved, waiting, attemptIn(state))).toEqual(attention);
    },
  );

  it('approved, makes no success of what cannot be read (GATE-7)', () => {
    const reason = `${plainGate.id} was approved, yet the attempt behind it cannot be read`;
    const attention = { kind: 'move_step', state: 'needs_manual_attention', reason };
    expect(effectOfGate(approved, waiting, null)).toEqual(attention);
  });

  it.each(STEP_STATES.filter((state) => isTerminalStep(state)))('leaves a step alone that is %s (GATE-7)', (state) => {
    for (const gate of [approved, rejected]) {
      expect(effectOfGate(gate, stepIn(state), attemptIn('completed'))).toEqual({ kind: 'none' });
    }
  });

  it.each(['pending', 'expired', 'withdrawn'] as const)('does nothing while a gate is %s (GATE-7)', (state) => {
    expect(effectOfGate(gateOf({ state }), waiting, attemptIn('completed'))).toEqual({ kind: 'none' });
  });

  it.each([approved, rejected])(
    'lets the step of a permission go on while its attempt lives, $state (GATE-8)',
    (gate) => {
      const permission = { ...gate, kind: 'permission' } as const;
      expect(effectOfGate(permission, waiting, attemptIn('running'))).toEqual({ kind: 'go_on' });
      expect(effectOfGate(permission, stepIn('running'), attemptIn('running'))).toEqual({ kind: 'none' });
      expect(effectOfGate(permission, waiting, attemptIn('failed_bridge'))).toEqual({ kind: 'none' });
      expect(effectOfGate(permission, waiting, null)).toEqual({ kind: 'none' });
    },
  );

  it('never asks for a move that a step cannot make (GATE-5, GATE-6, GATE-7)', () => {
    const gates = fc.constantFrom(...GateKind.options).map((kind) => ({ ...approved, kind }));
    const state = fc.constantFrom(...StepState.options);
    const attemptState = fc.option(fc.constantFrom(...AttemptState.options), { nil: null });
    fc.assert(
      fc.property(gates, fc.boolean(), state, attemptState, (gate, isRejected, from, attempt) => {
        const decided = isRejected ? { ...gate, state: 'rejected' as const } : gate;
        const effect = effectOfGate(decided, stepIn(from), attempt === null ? null : attemptIn(attempt));
        if (effect.kind === 'none') return;
        if (effect.kind === 'go_on') {
          expect(canMoveStep(from, { by: 'machine', to: 'running' })).toBe(true);
          return;
        }
        expect(canMoveStep(from, { by: 'machine', to: effect.state })).toBe(true);
        if (isStepSuccess(effect.state)) expect([from, effect.state]).toEqual(['needs_approval', attempt]);
      }),
      { numRuns: 1_000 },
    );
  });
});
