import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import type { ClientPhase } from '../../../contract/client/client-phase.ts';
import type { ClientStep } from '../../../contract/client/client-step.ts';

/** A line of the tree of a run. */
export type TreeRow =
  | {
      readonly kind: 'phase';
      readonly id: string;
      readonly level: 1;
      readonly phase: ClientPhase;
      readonly steps: number;
    }
  | {
      readonly kind: 'step';
      readonly id: string;
      readonly level: 1 | 2;
      readonly step: ClientStep;
      readonly attempts: readonly ClientAttempt[];
      readonly gates: readonly ClientGate[];
    }
  | { readonly kind: 'attempt'; readonly id: string; readonly level: 2 | 3; readonly attempt: ClientAttempt };

export interface RunParts {
  readonly phases: readonly ClientPhase[];
  readonly steps: readonly ClientStep[];
  readonly attempts: readonly ClientAttempt[];
  readonly gates: readonly ClientGate[];
}

export type TreeFilter = 'all' | 'needs-you' | 'failed' | 'running';

const RUNNING: ReadonlySet<string> = new Set(['dispatching', 'running', 'collecting_artifacts', 'validating']);
const NEEDS_YOU: ReadonlySet<string> = new Set(['needs_approval', 'needs_manual_attention']);

/** Nothing of the run runs, waits or needs anybody: it can be closed, and nothing is stopped by that. */
export const areAllEnded = (steps: readonly ClientStep[]): boolean =>
  steps.length > 0 && steps.every(({ state }) => state !== 'pending' && !RUNNING.has(state) && !NEEDS_YOU.has(state));

export function fitsFilter(state: string, filter: TreeFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'needs-you':
      return NEEDS_YOU.has(state);
    case 'failed':
      return state.startsWith('failed_') || state === 'timeout';
    case 'running':
      return RUNNING.has(state);
  }
}

/** The lines that are seen: phases where there are several, steps in their order, attempts of what is open. */
export function buildTree(
  parts: RunParts,
  { filter, open }: { readonly filter: TreeFilter; readonly open: ReadonlySet<string> },
): readonly TreeRow[] {
  const attemptsOf = Map.groupBy(parts.attempts, ({ stepId }) => stepId);
  const gatesOf = Map.groupBy(parts.gates, ({ stepId }) => stepId);
  const wanted = parts.steps.filter(({ state }) => fitsFilter(state, filter));
  const rowsOf = (step: ClientStep, level: 1 | 2): readonly TreeRow[] => {
    const attempts = attemptsOf.get(step.id) ?? [];
    const row: TreeRow = { kind: 'step', id: step.id, level, step, attempts, gates: gatesOf.get(step.id) ?? [] };
    return open.has(step.id)
      ? [
          row,
          ...attempts.map(
            (attempt): TreeRow => ({ kind: 'attempt', id: attempt.id, level: level === 1 ? 2 : 3, attempt }),
          ),
        ]
      : [row];
  };
  if (parts.phases.length < 2) return wanted.flatMap((step) => rowsOf(step, 1));
  const stepsOf = Map.groupBy(wanted, ({ phaseId }) => phaseId);
  return parts.phases.flatMap((phase) => {
    const steps = stepsOf.get(phase.id) ?? [];
    const row: TreeRow = { kind: 'phase', id: phase.id, level: 1, phase, steps: steps.length };
    return open.has(phase.id) ? [row, ...steps.flatMap((step) => rowsOf(step, 2))] : [row];
  });
}
