import { describe, expect, test } from 'vitest';
import {
  groupRows,
  mergeRows,
  pendingBeside,
  withoutClosed,
} from '../../../../../renderer/screens/inbox/inbox-rows.ts';
import { sampleClientGate } from '../../../../support/sample-client-gate.ts';

const gate = (id: string, createdAtMs: number, runId = 'r') => sampleClientGate({ id, createdAtMs, runId });
const idsOf = (rows: ReturnType<typeof mergeRows>) =>
  rows.map((row) => `${row.gate.id}${row.isPending ? '' : ' closed'}`);

describe('rows of the inbox', () => {
  test('the oldest is first, and two of one instant have one order', () => {
    expect(idsOf(mergeRows([], [gate('c', 3), gate('b', 1), gate('a', 1)]))).toEqual(['a', 'b', 'c']);
  });

  test('what is new comes last, and what was closed stays where it was', () => {
    const before = mergeRows([], [gate('a', 2), gate('b', 3)]);
    const rows = mergeRows(before, [gate('z', 1), gate('b', 3)]);
    expect(idsOf(rows)).toEqual(['a closed', 'b', 'z']);
    expect(idsOf(withoutClosed(rows))).toEqual(['b', 'z']);
  });

  test('what changed is shown as it is now', () => {
    const rows = mergeRows(mergeRows([], [gate('a', 2)]), [{ ...gate('a', 2), description: 'other' }]);
    expect(rows[0]?.gate.description).toBe('other');
  });
});

describe('the next one', () => {
  const rows = mergeRows(mergeRows([], [gate('a', 1), gate('b', 2), gate('c', 3)]), [gate('a', 1), gate('c', 3)]);

  test('leaves out what is closed, and goes around', () => {
    expect(pendingBeside(rows, 'a', 1)).toBe('c');
    expect(pendingBeside(rows, 'b', 1)).toBe('c');
    expect(pendingBeside(rows, 'c', 1)).toBe('a');
    expect(pendingBeside(rows, 'a', -1)).toBe('c');
  });

  test('from nowhere it is the first, or the last', () => {
    expect(pendingBeside(rows, '', 1)).toBe('a');
    expect(pendingBeside(rows, '', -1)).toBe('c');
  });

  test('is none when nothing else waits', () => {
    expect(pendingBeside(mergeRows([], [gate('a', 1)]), 'a', 1)).toBeNull();
    expect(pendingBeside([], 'a', 1)).toBeNull();
  });
});

test('over twenty are told by run, in the order in which the runs come first', () => {
  const gates = Array.from({ length: 21 }, (_, n) =>
    gate(`g${String(n).padStart(2, '0')}`, n, n % 2 === 0 ? 'even' : 'odd'),
  );
  expect(groupRows(mergeRows([], gates)).map(({ runId, rows }) => [runId, rows.length])).toEqual([
    ['even', 11],
    ['odd', 10],
  ]);
  expect(groupRows(mergeRows([], gates.slice(1)))).toHaveLength(1);
});
