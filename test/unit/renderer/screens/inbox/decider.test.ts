import { describe, expect, test } from 'vitest';
import type { ClientFailure } from '../../../../../contract/client/client-failure.ts';
import type { ClientGate } from '../../../../../contract/client/client-gate.ts';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import { createDecider, type Decider } from '../../../../../renderer/screens/inbox/decider.ts';
import type { Answer, Sent } from '../../../../../renderer/screens/inbox/decision-state.ts';
import { sampleClientGate } from '../../../../support/sample-client-gate.ts';

const APPROVE: Answer = { action: 'approve', scope: 'once', reason: '' };
const REJECT: Answer = { action: 'reject', scope: null, reason: '' };

/** Decides as the daemon does: once, by digest, and the same key gets the same answer. */
function createRecord(first: ClientGate) {
  let gate = first;
  const answered = new Set<string>();
  const sent: Sent[] = [];
  const decide = (one: Sent): Result<null, ClientFailure> => {
    if (answered.has(one.key)) return ok(null);
    if (gate.state !== 'pending') return refused('gate_closed');
    if (one.digest !== gate.subjectDigest) return refused('gate_changed');
    answered.add(one.key);
    gate = { ...gate, state: one.action === 'approve' ? 'approved' : 'rejected', decidedBy: 'operator' };
    return ok(null);
  };
  return {
    sent,
    gate: () => gate,
    change: (fields: Partial<ClientGate>) => {
      gate = { ...gate, ...fields };
    },
    send: async (_: string, one: Sent) => {
      sent.push(one);
      return decide(one);
    },
    decide,
  };
}

const refused = (code: string): Result<never, ClientFailure> =>
  err({ kind: 'refused', status: 409, code, message: code });
const LOST: Result<never, ClientFailure> = err({ kind: 'unreachable', method: 'POST', url: '', cause: '', detail: '' });

let keys = 0;
type Record = ReturnType<typeof createRecord>;

function openCard(record: Record, send = record.send): Decider {
  const decider = createDecider(record.gate(), {
    send,
    read: async () => ok(record.gate()),
    nowMs: () => 1,
    newKey: () => `key-${keys++}`,
  });
  readAndLook(decider);
  return decider;
}

function readAndLook(decider: Decider): void {
  decider.tell({ kind: 'read-to-end', digest: decider.state().gate.subjectDigest });
  decider.tell({ kind: 'looked-at', arming: decider.state().arming });
}

describe('races', () => {
  test('a double click, in one instant, is one answer', async () => {
    const record = createRecord(sampleClientGate());
    const card = openCard(record);
    await Promise.all([card.press(APPROVE), card.press(APPROVE), card.press(REJECT)]);
    expect(record.sent).toHaveLength(1);
    expect(card.state()).toMatchObject({ phase: { kind: 'decided' }, gate: { state: 'approved' } });
  });

  test('two windows answer at once: one counts, and the other says that it was not its own', async () => {
    const record = createRecord(sampleClientGate());
    const [one, other] = [openCard(record), openCard(record)];
    await Promise.all([one.press(APPROVE), other.press(APPROVE)]);
    expect(record.sent).toHaveLength(2);
    expect(one.state().phase.kind).toBe('decided');
    expect(other.state()).toMatchObject({ phase: { kind: 'closed' }, gate: { state: 'approved' } });
  });

  test('what is asked changes under the finger: nothing is decided, and the new one has to be read', async () => {
    const record = createRecord(sampleClientGate());
    const card = openCard(record);
    record.change({ subjectDigest: 'b'.repeat(64) });
    await card.press(APPROVE);
    expect(record.gate().state).toBe('pending');
    expect(card.state()).toMatchObject({ isRead: false, notice: { kind: 'changed' }, phase: { kind: 'shown' } });
    await card.press(APPROVE);
    expect(record.sent).toHaveLength(1);
    readAndLook(card);
    await card.press(APPROVE);
    expect(record.gate().state).toBe('approved');
  });

  test('the answer gets lost after it counted: the record says so, and nothing is sent again', async () => {
    const record = createRecord(sampleClientGate());
    const card = openCard(record, async (_, sent) => {
      record.decide(sent);
      return LOST;
    });
    await card.press(APPROVE);
    expect(card.state().phase.kind).toBe('decided');
  });

  test('the answer gets lost before it counted: the gate waits, and sent again it counts once', async () => {
    const record = createRecord(sampleClientGate());
    let isLost = true;
    const card = openCard(record, async (id, sent) => {
      const reply = isLost ? LOST : await record.send(id, sent);
      isLost = false;
      return reply;
    });
    await card.press(APPROVE);
    expect(card.state()).toMatchObject({ phase: { kind: 'shown' }, notice: { kind: 'not-sent' } });
    readAndLook(card);
    await card.press(APPROVE);
    expect(card.state().phase.kind).toBe('decided');
    expect(record.sent).toHaveLength(1);
  });

  test('while the daemon is away the card says that it does not know, until it can ask', async () => {
    const record = createRecord(sampleClientGate());
    let isAway = true;
    const decider = createDecider(record.gate(), {
      send: async () => LOST,
      read: async () => (isAway ? LOST : ok(record.gate())),
      nowMs: () => 1,
      newKey: () => 'key',
    });
    readAndLook(decider);
    await decider.press(APPROVE);
    expect(decider.state().phase.kind).toBe('unclear');
    isAway = false;
    await decider.check();
    expect(decider.state().notice?.kind).toBe('not-sent');
  });

  test('who listens hears each change, and none after leaving', async () => {
    const record = createRecord(sampleClientGate());
    const card = openCard(record);
    const heard: string[] = [];
    const leave = card.subscribe(() => heard.push(card.state().phase.kind));
    await card.press(APPROVE);
    leave();
    card.tell({ kind: 'read', gate: record.gate(), atMs: 3 });
    expect(heard).toEqual(['sending', 'decided', 'decided']);
  });
});
