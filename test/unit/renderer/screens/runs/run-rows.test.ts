import { expect, it } from 'vitest';
import type { ClientRun } from '../../../../../contract/client/client-run.ts';
import { runRows, stepsDone } from '../../../../../renderer/screens/runs/run-rows.ts';

const run = (id: string, projectId: string) => ({ id, projectId }) as ClientRun;
const RUNS = [run('r4', 'shop'), run('r3', 'docs'), run('r2', 'shop'), run('r1', 'docs')];

it('shows runs as they come', () => {
  expect(runRows(RUNS, false).map(({ id }) => id)).toEqual(['r4', 'r3', 'r2', 'r1']);
});

it('groups them by project, the one with the newest run first', () => {
  expect(runRows(RUNS, true).map((row) => (row.kind === 'run' ? row.id : `${row.name} ${row.count}`))).toEqual([
    'shop 2',
    'r4',
    'r2',
    'docs 2',
    'r3',
    'r1',
  ]);
});

it.each([
  [null, ''],
  [{}, ''],
  [{ completed: 6, completed_with_warnings: 1, running: 5 }, '7 of 12'],
])('of steps %j tells %j', (counts, text) => expect(stepsDone(counts)).toBe(text));
