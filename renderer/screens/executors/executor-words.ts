import type { ClientExecutor } from '../../../contract/client/client-executor.ts';
import type { VerdictKind } from '../../parts/verdict.tsx';

export interface ExecutorVerdict {
  readonly kind: VerdictKind;
  readonly text: string;
}

/** Whether a task can be given to it. */
export function executorVerdict({ problems, isAvailable, mode, loggedIn }: ClientExecutor): ExecutorVerdict {
  if (problems.length > 0) return { kind: 'bad', text: 'Its profile has problems' };
  if (!isAvailable && mode !== 'simulation') return { kind: 'absent', text: 'Not installed' };
  if (mode === 'simulation') return { kind: 'doubtful', text: 'Simulates' };
  if (loggedIn === 'no') return { kind: 'doubtful', text: 'Found, not signed in' };
  return { kind: 'good', text: 'Found' };
}

export const signInWords = (loggedIn: string): string => {
  if (loggedIn === 'yes') return 'Yes';
  return loggedIn === 'no' ? 'No' : 'Not known';
};

const ORDER: readonly VerdictKind[] = ['bad', 'doubtful', 'good', 'absent'];

/** What needs somebody stands first, what is not there last; otherwise by name. */
export const problemsFirst = (executors: readonly ClientExecutor[]): readonly ClientExecutor[] =>
  executors.toSorted(
    (one, other) =>
      ORDER.indexOf(executorVerdict(one).kind) - ORDER.indexOf(executorVerdict(other).kind) ||
      one.name.localeCompare(other.name),
  );
