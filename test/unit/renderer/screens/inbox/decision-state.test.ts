import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Answer,
  type DecisionEvent,
  type DecisionState,
  firstDecisionState,
  nextDecisionState,
} from '../../../../../renderer/screens/inbox/decision-state.ts';
import { sampleClientGate } from '../../../../support/sample-client-gate.ts';

const GATE = sampleClientGate();
const OTHER = sampleClientGate({ subjectDigest: 'b'.repeat(64), description: 'Codex asks to run: rm -rf /' });
const CLOSED = sampleClientGate({ state: 'approved', decidedBy: 'operator', resolvedAtMs: 5 });
const APPROVE: Answer = { action: 'approve', scope: 'once', reason: '' };
const REJECT: Answer = { action: 'reject', scope: null, reason: 'no' };
const READ: DecisionEvent = { kind: 'read-to-end', digest: GATE.subjectDigest };
const press = (answer: Answer, key = 'k1'): DecisionEvent => ({ kind: 'pressed', answer, key });

const after = (...events: readonly DecisionEvent[]): DecisionState =>
  events.reduce(nextDecisionState, firstDecisionState(GATE));
const look = (state: DecisionState): DecisionState =>
  nextDecisionState(state, { kind: 'looked-at', arming: state.arming });
const armed = (...events: readonly DecisionEvent[]): DecisionState => look(after(...events));
const then = (state: DecisionState, ...events: readonly DecisionEvent[]): DecisionState =>
  events.reduce(nextDecisionState, state);
const sending = (): DecisionState => then(armed(READ), press(APPROVE));

describe('when a card takes an answer', () => {
  test('not before it was looked at', () => {
    expect(after(READ, press(APPROVE)).phase.kind).toBe('shown');
    expect(then(armed(READ), press(APPROVE)).phase).toMatchObject({ kind: 'sending', sent: { key: 'k1' } });
  });

  test('no approval before its end was seen; a rejection at once', () => {
    expect(then(armed(), press(APPROVE)).phase.kind).toBe('armed');
    expect(then(armed(), press(REJECT)).phase.kind).toBe('sending');
  });

  test('seeing its end puts another button there: it is looked at anew', () => {
    const state = then(armed(), READ);
    expect(state.phase.kind).toBe('shown');
    expect(then(state, { kind: 'looked-at', arming: state.arming - 1 }).phase.kind).toBe('shown');
    expect(look(state).phase.kind).toBe('armed');
  });

  test('buttons that change places take no answer for a moment', () => {
    expect(then(armed(READ), { kind: 'rearranged' }, press(APPROVE)).phase.kind).toBe('shown');
  });

  test('the end of something else that was shown before does not count', () => {
    expect(then(armed(), { kind: 'read-to-end', digest: 'x' }).isRead).toBe(false);
  });

  test('the second press of a double click is none', () => {
    const once = sending();
    expect(then(once, press(APPROVE, 'k2'))).toBe(once);
    expect(then(once, press(REJECT, 'k2'))).toBe(once);
  });

  test('what is closed takes none', () => {
    const state = look(then(firstDecisionState(CLOSED), READ));
    expect(then(state, press(APPROVE)).phase.kind).toBe('closed');
  });
});

describe('what becomes of an answer', () => {
  test('accepted: it is decided, and stays so whatever an older reading says', () => {
    const state = then(sending(), { kind: 'accepted', atMs: 9 });
    expect(state.phase).toMatchObject({ kind: 'decided', atMs: 9 });
    expect(then(state, { kind: 'read', gate: GATE, atMs: 10 })).toBe(state);
    expect(then(state, { kind: 'checked', gate: CLOSED, atMs: 10 })).toMatchObject({
      gate: CLOSED,
      phase: state.phase,
    });
  });

  test('the record tells of it before the answer comes: nothing is said twice', () => {
    const state = then(sending(), { kind: 'read', gate: CLOSED, atMs: 8 });
    expect(state.phase.kind).toBe('sending');
    expect(then(state, { kind: 'accepted', atMs: 9 }).phase.kind).toBe('decided');
  });

  test('refused before anything happened: not sent, the gate waits, and it is looked at anew', () => {
    const state = then(sending(), { kind: 'refused', code: 'rate_limited', cause: 'Too much.' });
    expect(state).toMatchObject({ phase: { kind: 'shown' }, notice: { kind: 'not-sent', cause: 'Too much.' } });
    expect(then(look(state), press(APPROVE, 'k2')).phase).toMatchObject({ kind: 'sending', sent: { key: 'k2' } });
  });

  test('no answer: the record is asked; a reading that may be older than the answer says nothing', () => {
    const state = then(sending(), { kind: 'lost' });
    expect(state.phase.kind).toBe('unclear');
    expect(then(state, { kind: 'read', gate: GATE, atMs: 9 })).toBe(state);
  });

  test('no answer, and the record holds none: not sent; the same answer again has the same key, another one another', () => {
    const state = look(then(sending(), { kind: 'lost' }, { kind: 'checked', gate: GATE, atMs: 9 }));
    expect(state.notice?.kind).toBe('not-sent');
    expect(then(state, press(APPROVE, 'k2')).phase).toMatchObject({ sent: { key: 'k1' } });
    expect(then(state, press(REJECT, 'k2')).phase).toMatchObject({ sent: { key: 'k2' } });
  });

  test('no answer, and the record holds it: decided', () => {
    const state = then(sending(), { kind: 'lost' }, { kind: 'checked', gate: CLOSED, atMs: 9 });
    expect(state.phase).toMatchObject({ kind: 'decided', sent: { key: 'k1' } });
  });

  test('no answer, and the record holds another one: closed elsewhere', () => {
    const rejected = { ...CLOSED, state: 'rejected' };
    expect(then(sending(), { kind: 'lost' }, { kind: 'checked', gate: rejected, atMs: 9 }).phase.kind).toBe('closed');
  });

  test('somebody was quicker with the same answer: theirs counts, and it is not said to be ours', () => {
    const state = then(
      sending(),
      { kind: 'refused', code: 'gate_closed', cause: 'is closed' },
      { kind: 'checked', gate: CLOSED, atMs: 9 },
    );
    expect(state.phase.kind).toBe('closed');
    expect(state.gate).toBe(CLOSED);
  });

  test('an attempt cannot decide', () => {
    const state = then(sending(), { kind: 'refused', code: 'forbidden_executor', cause: 'no' });
    expect(state).toMatchObject({ phase: { kind: 'shown' }, notice: { kind: 'attempt-asked' } });
  });
});

describe('what happens to the gate meanwhile', () => {
  test.each(['approved', 'rejected', 'withdrawn', 'expired'])(
    '%s elsewhere: the card says so and takes no answer',
    (to) => {
      const state = then(armed(READ), { kind: 'read', gate: { ...GATE, state: to }, atMs: 7 });
      expect(state.phase.kind).toBe('closed');
      expect(then(state, press(APPROVE))).toBe(state);
    },
  );

  test('another digest: what was read does not count, and both are there', () => {
    const state = then(armed(READ), { kind: 'read', gate: OTHER, atMs: 7 });
    expect(state).toMatchObject({
      gate: OTHER,
      isRead: false,
      phase: { kind: 'shown' },
      notice: { kind: 'changed', atMs: 7, before: GATE },
    });
    expect(then(look(state), press(APPROVE)).phase.kind).toBe('armed');
    const readAgain = look(then(state, { kind: 'read-to-end', digest: OTHER.subjectDigest }));
    expect(then(readAgain, press(APPROVE)).phase).toMatchObject({ sent: { digest: OTHER.subjectDigest } });
  });

  test('the daemon says that it changed: nothing was decided, and the new one is shown', () => {
    const state = then(
      sending(),
      { kind: 'refused', code: 'gate_changed', cause: 'changed' },
      { kind: 'checked', gate: OTHER, atMs: 7 },
    );
    expect(state).toMatchObject({ gate: OTHER, isRead: false, notice: { kind: 'changed' }, phase: { kind: 'shown' } });
  });

  test('it changes while an answer is on its way: what was answered stays in sight until the daemon has said', () => {
    const state = then(sending(), { kind: 'read', gate: OTHER, atMs: 7 });
    expect(state.gate).toBe(GATE);
  });
});

test('in whatever order things happen, an answer names what was shown, and an approval only what was read to its end', () => {
  const gates = [GATE, OTHER, CLOSED];
  const event: fc.Arbitrary<DecisionEvent> = fc.oneof(
    fc.record({
      kind: fc.constantFrom('read' as const, 'checked' as const),
      gate: fc.constantFrom(...gates),
      atMs: fc.nat(),
    }),
    fc.record({ kind: fc.constant('looked-at' as const), arming: fc.nat({ max: 4 }) }),
    fc.record({
      kind: fc.constant('read-to-end' as const),
      digest: fc.constantFrom(...gates.map((g) => g.subjectDigest)),
    }),
    fc.record({ kind: fc.constant('pressed' as const), answer: fc.constantFrom(APPROVE, REJECT), key: fc.uuid() }),
    fc.constant({ kind: 'rearranged' as const }),
    fc.constant({ kind: 'lost' as const }),
    fc.record({ kind: fc.constant('accepted' as const), atMs: fc.nat() }),
    fc.record({
      kind: fc.constant('refused' as const),
      code: fc.constantFrom('gate_closed', 'gate_changed', 'rate_limited', null),
      cause: fc.string(),
    }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let state = firstDecisionState(GATE);
      for (const one of events) {
        const next = nextDecisionState(state, one);
        if (next.phase.kind === 'sending' && state.phase.kind !== 'sending') {
          expect(one.kind).toBe('pressed');
          expect(state.phase.kind).toBe('armed');
          expect(next.phase.sent.digest).toBe(state.gate.subjectDigest);
          if (next.phase.sent.action === 'approve') expect(state.isRead).toBe(true);
        }
        if (state.phase.kind === 'decided' || state.phase.kind === 'closed')
          expect(next.phase.kind).toBe(state.phase.kind);
        state = next;
      }
    }),
  );
});
