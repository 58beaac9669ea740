import type { Refusal } from '../../../../contract/errors.ts';
import type { Result } from '../../../../contract/result.ts';

export interface Policies {
  /**
   * The policy as its file says now, and the document that is kept with the submission; the refusal says what is wrong
   * with the file.
   */
  pin(name: string): Promise<Result<{ readonly document: unknown; readonly judge: Judge }, Refusal>>;
  /** The policy of a kept document. */
  read(document: unknown): Result<Judge, Refusal>;
}

/** A policy that judges an attempt. */
export type Judge = (facts: PolicyFacts) => PolicyVerdict;

export interface PolicyFacts {
  readonly changedFiles: readonly string[];
  readonly questions: readonly string[];
  readonly failedValidations: readonly string[];
}

export interface PolicyVerdict {
  readonly decision: 'pass' | 'gate' | 'fail';
  readonly reasons: readonly string[];
}
