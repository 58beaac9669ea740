import type { ClientStep } from '../../../contract/client/client-step.ts';

/** Ends that nobody wanted. What somebody cancelled is none, and what waits for a person is told above. */
export const BROKEN_STATES = [
  'failed_retryable',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
] as const;

/** Those that ended after the mark, the newest first. */
export const brokenSince = (steps: readonly ClientStep[], seenMs: number): readonly ClientStep[] =>
  steps
    .filter(({ updatedAtMs }) => (updatedAtMs ?? 0) > seenMs)
    .toSorted((a, b) => (b.updatedAtMs ?? 0) - (a.updatedAtMs ?? 0));

/** The mark that leaves none of them out, and nothing that is not among them. */
export const markAfter = (steps: readonly ClientStep[], seenMs: number): number =>
  Math.max(seenMs, ...steps.map(({ updatedAtMs }) => updatedAtMs ?? 0));
