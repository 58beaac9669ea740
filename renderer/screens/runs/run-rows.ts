import type { ClientRun } from '../../../contract/client/client-run.ts';

/** A line of the list: a run, or the project that the runs below it are of. */
export type RunRow =
  | { readonly kind: 'run'; readonly id: string; readonly run: ClientRun }
  | { readonly kind: 'project'; readonly id: string; readonly name: string; readonly count: number };

/** In the order of their newest run when they are grouped; as they come otherwise. */
export function runRows(runs: readonly ClientRun[], isGrouped: boolean): readonly RunRow[] {
  const rowOf = (run: ClientRun): RunRow => ({ kind: 'run', id: run.id, run });
  if (!isGrouped) return runs.map(rowOf);
  return [...Map.groupBy(runs, ({ projectId }) => projectId)].flatMap(([name, members]): readonly RunRow[] => [
    { kind: 'project', id: `project ${name}`, name, count: members.length },
    ...members.map(rowOf),
  ]);
}

/** `7 of 12`: steps that completed, of all. Empty: it is not told, or there is none. */
export function stepsDone(counts: ClientRun['stepCounts']): string {
  if (counts === null) return '';
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const done = (counts['completed'] ?? 0) + (counts['completed_with_warnings'] ?? 0);
  return all === 0 ? '' : `${done} of ${all}`;
}
