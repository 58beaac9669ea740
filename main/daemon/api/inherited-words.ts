import type { ErrorCode, Refusal } from '../../../contract/errors.ts';
import type { Result } from '../../../contract/result.ts';

const MISSING: ReadonlySet<ErrorCode> = new Set(['run_not_found', 'step_not_found', 'gate_not_found']);

/** The words that inherited clients show, and scripts look for, when what they asked for is missing. */
export const saying = <T>(message: string, outcome: Result<T, Refusal>): Result<T, Refusal> =>
  outcome.ok || !MISSING.has(outcome.error.code) ? outcome : { ok: false, error: { ...outcome.error, message } };
