import { describe, expect, test } from 'vitest';
import {
  askerOf,
  attemptReach,
  type ClosedBy,
  closedSentence,
  gateSubject,
  gateWords,
} from '../../../../renderer/words/gate-words.ts';
import { clientRequest, sampleClientGate } from '../../../support/sample-client-gate.ts';

const KINDS = ['read', 'edit', 'delete', 'move', 'search', 'execute', 'fetch', 'think', 'other'] as const;

describe('what a gate asks', () => {
  test('who asks is read from the sentence of the daemon', () => {
    expect(askerOf({ description: 'Codex asks to run: Claude asks to run: x' })).toBe('Codex');
    expect(askerOf({ description: 'Policy enforced gate: x' })).toBe('');
  });

  test.each(KINDS)('a permission to %s: a title, verb and noun on its buttons, and both consequences', (toolKind) => {
    const words = gateWords(sampleClientGate({ request: clientRequest({ toolKind }) }));
    expect(words.approve).toMatch(/^Approve \w+$/);
    expect(words.reject).toMatch(/^Reject \w+$/);
    expect(words.whenRejected).toBe('Codex is told no, with your reason. The step goes on.');
    expect(words.needsReason).toBe(false);
  });

  test.each(['constructor', '__proto__', 'of-a-newer-daemon'])(
    'a tool of the kind %s is one of the others',
    (toolKind) => {
      expect(gateWords(sampleClientGate({ request: clientRequest({ toolKind }) })).approve).toBe('Approve use');
    },
  );

  test.each(['policy', 'approval', 'info', 'manual', 'of-a-newer-daemon'])(
    'a %s ends the step by a no: a reason is needed',
    (kind) => {
      const words = gateWords(sampleClientGate({ kind, request: null }));
      expect(words.needsReason).toBe(true);
      expect(words.whenRejected).not.toBe('');
    },
  );

  test('in front of a step nothing has run', () => {
    const words = gateWords(sampleClientGate({ kind: 'approval', request: null, attemptId: '' }));
    expect(words.whenRejected).toBe('The step ends Cancelled. Nothing of it ran.');
  });

  test('of a list, without what was asked, the sentence says what it was', () => {
    const listed = (description: string) => sampleClientGate({ request: null, description });
    expect(gateWords(listed('Codex asks to run: ls: a')).title).toBe('Run a command');
    expect(gateSubject(listed('Codex asks to run: ls: a'))).toBe('ls: a');
    expect(gateWords(listed('Codex asks to change: a.txt')).title).toBe('Change files');
    expect(gateWords(listed('Codex asks to fetch: x')).title).toBe('Fetch from the network');
    expect(gateWords(listed('Codex asks to use Browser: x')).title).toBe('Use a tool');
    expect(gateSubject(listed('Codex asks to use Browser: x'))).toBe('x');
  });

  test('how far an allowance for the attempt reaches', () => {
    const reach = (fields: Parameters<typeof clientRequest>[0]) => attemptReach({ request: clientRequest(fields) });
    expect(reach({})).toContain('this same command in this same folder');
    expect(reach({ command: '', paths: ['a'], toolKind: 'edit' })).toContain('these same files');
    expect(reach({ command: '', toolKind: 'fetch' })).toContain('the very same');
    expect(attemptReach({ request: null })).toBe('');
  });

  test('one line in a list: the command, or the files, or what the agent calls it', () => {
    expect(gateSubject(sampleClientGate())).toBe('npm test');
    expect(gateSubject(sampleClientGate({ request: clientRequest({ command: '', paths: ['a', 'b'] }) }))).toBe('a, b');
    expect(gateSubject(sampleClientGate({ request: clientRequest({ command: '', title: 'Web', tool: 't' }) }))).toBe(
      'Web',
    );
    expect(gateSubject(sampleClientGate({ kind: 'policy', request: null, reasons: ['x', 'y'] }))).toBe('x, y');
    expect(gateSubject(sampleClientGate({ kind: 'manual', request: null, description: 'Do it' }))).toBe('Do it');
  });
});

describe('how it was closed', () => {
  const closed = (fields: Parameters<typeof sampleClientGate>[0], closedBy: ClosedBy = 'elsewhere') =>
    closedSentence(sampleClientGate({ resolvedAtMs: null, decidedBy: 'operator', ...fields }), closedBy);

  test('by this window, by another, by a rule, by an attempt', () => {
    expect(closed({ state: 'approved' }, 'own')).toBe('Approved.');
    expect(closed({ state: 'approved' })).toBe('Approved from another window or the command line.');
    expect(closed({ state: 'approved' }, 'unseen')).toBe('Approved.');
    expect(closed({ state: 'rejected', decidedBy: 'profile:codex' })).toBe('Rejected by a rule of the profile codex.');
    expect(closed({ state: 'approved', decidedBy: 'unknown' })).toBe('Approved by unknown.');
    expect(closed({ state: 'approved', scope: 'attempt' }, 'own')).toBe('Approved. For the whole attempt.');
  });

  test('with the time, when it is known', () => {
    expect(closed({ state: 'expired', resolvedAtMs: 0 })).toMatch(/^Expired \d\d:\d\d, rejected by its rule\.$/);
  });

  test('withdrawn, and what a newer daemon knows', () => {
    expect(closed({ state: 'withdrawn' })).toBe('Withdrawn for Codex. Nothing of it ran.');
    expect(closed({ state: 'elsewhere' })).toBe('Closed as elsewhere.');
  });
});
