import { describe, expect, test } from 'vitest';
import { createInboxMemory } from '../../../../../renderer/screens/inbox/inbox-memory.ts';
import { needsReason, whyNotTogether } from '../../../../../renderer/screens/inbox/why-not-together.ts';
import { clientRequest, sampleClientGate } from '../../../../support/sample-client-gate.ts';

const one = sampleClientGate({ id: 'g1' });
const two = sampleClientGate({ id: 'g2', subjectDigest: 'b'.repeat(64) });
const all = () => true;

describe('what is approved together', () => {
  test('the same kind, rule and run, each read to its end', () => {
    expect(whyNotTogether([one, two], all)).toBeNull();
  });

  test.each([
    ['none', [], 'Nothing is chosen.'],
    ['another run', [one, { ...two, runId: 'other' }], 'They are of different runs.'],
    ['another kind', [one, { ...two, kind: 'policy' }], 'They are of different kinds.'],
    ['another tool', [one, { ...two, request: clientRequest({ tool: 'web' }) }], 'They are asked by different rules.'],
    [
      'more than ten',
      Array.from({ length: 11 }, (_, n) => ({ ...one, id: `g${n}` })),
      'At most 10 are approved together.',
    ],
  ])('not with %s', (_, gates, why) => {
    expect(whyNotTogether(gates, all)).toBe(why);
  });

  test('policies are alike by their reasons', () => {
    const policy = sampleClientGate({ kind: 'policy', request: null, reasons: ['dependency_files_changed'] });
    expect(whyNotTogether([policy, { ...policy, id: 'x' }], all)).toBeNull();
    expect(whyNotTogether([policy, { ...policy, reasons: ['migrations_detected'] }], all)).toContain('different rules');
  });

  test('not what was not read, and not what is another thing than what was read', () => {
    const memory = createInboxMemory();
    memory.noteRead(one);
    memory.noteRead({ ...two, subjectDigest: 'old' });
    expect(whyNotTogether([one, two], memory.wasRead)).toBe('1 of them was not read to the end.');
    memory.noteRead(two);
    expect(whyNotTogether([one, two], memory.wasRead)).toBeNull();
  });
});

test('a reason is needed as soon as a no to one of them ends its step', () => {
  expect(needsReason([one])).toBe(false);
  expect(needsReason([one, sampleClientGate({ kind: 'policy' })])).toBe(true);
});

test('what this window has decided together is its own', () => {
  const memory = createInboxMemory();
  memory.noteSending([one]);
  expect([memory.isOwn('g1'), memory.isOwn('g2')]).toEqual([true, false]);
});
