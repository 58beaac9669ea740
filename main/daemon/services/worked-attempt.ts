import type { AttemptRecord, Provisioning, ValidationRecord } from '../../../contract/records.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import type { Collection } from './collect-attempt.ts';
import type { Judge } from './ports/policies.ts';

/** Everything that is known of an attempt when its work is over and before it is judged. */
export interface WorkedAttempt {
  readonly end: ExecutionEnd;
  readonly facts: Partial<AttemptRecord>;
  /** Null: what the record has of it, if anything, still holds. */
  readonly provisioning: Provisioning | null;
  /** Null: there was no worktree in which anybody could have worked. */
  readonly collection: Collection | null;
  readonly validations: readonly ValidationRecord[];
  /** Those of the collection included. */
  readonly evidenceProblems: readonly string[];
  /** Of the executor: what lessens a success. */
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
  /** Null where there is nothing to judge: the attempt never got so far. */
  readonly judge: Judge | null;
}
