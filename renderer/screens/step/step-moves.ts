import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';

/** Nothing happens any more until a person says so. */
const SETTLED: ReadonlySet<string> = new Set([
  'completed',
  'completed_with_warnings',
  'failed_retryable',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
  'cancelled',
  'needs_manual_attention',
]);

/** What a person may declare, the likeliest first. */
export const RESOLUTIONS = [
  'completed',
  'completed_with_warnings',
  'cancelled',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
] as const;

export const canRetry = (state: string): boolean => SETTLED.has(state);

export const canResolve = canRetry;

/** What ended can only be restated. */
export const canCancel = (state: string): boolean => !SETTLED.has(state) || state === 'needs_manual_attention';

/** Whose session a retry would go on with; null: no attempt of this executor has left one. */
export const sessionToResume = (attempts: readonly ClientAttempt[], executor: string): ClientAttempt | null =>
  attempts.findLast((attempt) => attempt.executor === executor && attempt.session !== '') ?? null;
