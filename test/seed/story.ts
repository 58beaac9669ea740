import type { EndedAttemptState, LiveAttemptState } from '../../contract/attempt-state.ts';
import type { FailureClass } from '../../contract/failure-class.ts';
import type { Draw } from './draw.ts';

/** How one attempt goes. */
export interface AttemptStory {
  readonly ends: EndedAttemptState;
  readonly failureClass: FailureClass | null;
  readonly summary: string;
}

/** What becomes of one step. */
export type StepStory =
  | { readonly kind: 'ends'; readonly attempts: readonly [AttemptStory, ...AttemptStory[]] }
  | { readonly kind: 'gate'; readonly decided: 'approved' | 'rejected' | null }
  | { readonly kind: 'attention'; readonly isResolved: boolean }
  | { readonly kind: 'waits' }
  /** Its daemon was killed. */
  | { readonly kind: 'left'; readonly in: LiveAttemptState };

const attempt = (ends: EndedAttemptState, failureClass: FailureClass | null, summary: string): AttemptStory => ({
  ends,
  failureClass,
  summary,
});

export const COMPLETED = attempt('completed', null, 'Recipe completed: 2 steps.');
const WARNED = attempt('completed_with_warnings', null, 'Recipe completed: 2 steps.');
const FAILED = attempt('failed_terminal', 'command_failed', 'Step 2 of the recipe ended with exit status 1.');
const FORBIDDEN = attempt('failed_terminal', 'policy', 'Changed outside of the allowed paths: package.json');
const INVALID = attempt('failed_validation', 'validation_failed', 'Validation "tests" failed with exit status 1.');
const BROKEN = attempt('failed_adapter', 'adapter_failed', 'The executor could not be started.');
const INTERRUPTED = attempt(
  'failed_bridge',
  'interrupted',
  'Interrupted in state running: the daemon stopped while the attempt was in flight',
);
const LATE = attempt('timeout', 'timeout', 'Used up its time of 300 s.');
const CANCELLED = attempt('cancelled', 'cancelled', 'Cancelled by operator.');

const ends = (...attempts: readonly [AttemptStory, ...AttemptStory[]]): StepStory => ({ kind: 'ends', attempts });

interface Weighed {
  readonly share: number;
  readonly story: StepStory;
}

/** Of a thousand steps, so many. Whatever is over is over: it may stand in a run of last month. */
const SETTLED: readonly Weighed[] = [
  { share: 728, story: ends(COMPLETED) },
  { share: 80, story: ends(WARNED) },
  { share: 60, story: ends(INVALID, COMPLETED) },
  { share: 10, story: ends(LATE, INVALID, COMPLETED) },
  { share: 16, story: ends(FAILED) },
  { share: 4, story: ends(FORBIDDEN) },
  { share: 14, story: ends(INVALID) },
  { share: 4, story: ends(INVALID, INVALID, INVALID) },
  { share: 5, story: ends(BROKEN) },
  { share: 5, story: ends(INTERRUPTED) },
  { share: 6, story: ends(LATE) },
  { share: 20, story: ends(CANCELLED) },
  { share: 30, story: { kind: 'gate', decided: 'approved' } },
  { share: 10, story: { kind: 'gate', decided: 'rejected' } },
  { share: 8, story: { kind: 'attention', isResolved: true } },
];

/** What waits for somebody or something, and therefore stands in the newest runs only. */
const UNSETTLED = [
  { kind: 'gate', decided: null },
  { kind: 'attention', isResolved: false },
  { kind: 'waits' },
] as const satisfies readonly StepStory[];

export function drawSettled(draw: Draw): StepStory {
  let left = draw.unit() * 1000;
  for (const { share, story } of SETTLED) {
    left -= share;
    if (left < 0) return story;
  }
  return ends(COMPLETED);
}

export const unsettledStory = (number: number): StepStory => UNSETTLED[number % UNSETTLED.length] ?? UNSETTLED[0];
