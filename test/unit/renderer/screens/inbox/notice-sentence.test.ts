import { describe, expect, test } from 'vitest';
import {
  type DecisionState,
  firstDecisionState,
  type Notice,
  type Phase,
} from '../../../../../renderer/screens/inbox/decision-state.ts';
import { noticeSentence } from '../../../../../renderer/screens/inbox/notice-sentence.ts';
import { sampleClientGate } from '../../../../support/sample-client-gate.ts';

const SENT = { action: 'approve', scope: 'once', reason: '', digest: 'd', key: 'k' } as const;
const APPROVED = sampleClientGate({ state: 'approved', decidedBy: 'operator' });
const CONNECTED = { isConnected: true, isOwn: false };

const card = (phase: Phase, notice: Notice | null = null, gate = sampleClientGate()): DecisionState => ({
  ...firstDecisionState(gate),
  phase,
  notice,
});

describe('what a card says beyond its buttons', () => {
  test('nothing, as long as there is nothing to say', () => {
    expect(noticeSentence(card({ kind: 'armed' }), CONNECTED)).toBe('');
    expect(noticeSentence(card({ kind: 'sending', sent: SENT }), CONNECTED)).toBe('');
  });

  test('that nobody can decide while what is shown may be old', () => {
    const away = { isConnected: false, isOwn: false };
    expect(noticeSentence(card({ kind: 'armed' }), away)).toBe('You can read, not decide, until connected.');
  });

  test('that an answer did not arrive, or may not have arrived', () => {
    const notice: Notice = { kind: 'not-sent', cause: 'Too much.' };
    expect(noticeSentence(card({ kind: 'shown' }, notice), CONNECTED)).toBe(
      'Not sent. The gate still waits. Too much.',
    );
    expect(noticeSentence(card({ kind: 'unclear', sent: SENT, mayCount: true }), CONNECTED)).toBe(
      'No answer yet. Checking the record.',
    );
  });

  test('that it changed, and that attempts do not decide', () => {
    const changed: Notice = { kind: 'changed', atMs: 0, before: sampleClientGate() };
    expect(noticeSentence(card({ kind: 'shown' }, changed), CONNECTED)).toMatch(
      /^The request changed \d\d:\d\d\. What you read no longer counts\.$/,
    );
    expect(noticeSentence(card({ kind: 'shown' }, { kind: 'attempt-asked' }), CONNECTED)).toBe(
      'An attempt cannot decide its own gate.',
    );
  });

  test('who closed it, as far as this window knows', () => {
    const closed = (wasOpen: boolean) => card({ kind: 'closed', wasOpen }, null, APPROVED);
    expect(noticeSentence(closed(true), CONNECTED)).toBe('Approved from another window or the command line.');
    expect(noticeSentence(closed(false), CONNECTED)).toBe('Approved.');
    expect(noticeSentence(closed(true), { isConnected: true, isOwn: true })).toBe('Approved.');
    expect(noticeSentence(card({ kind: 'decided', sent: SENT, atMs: 0 }, null, APPROVED), CONNECTED)).toBe('Approved.');
  });
});
