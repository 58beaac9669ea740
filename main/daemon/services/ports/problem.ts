import type { ErrorCode } from '../../../../contract/errors.ts';

/** What an adapter could not do, in one sentence that a person can act on. */
export interface Problem {
  readonly code?: ErrorCode;
  readonly sentence: string;
}
