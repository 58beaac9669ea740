import type { ExecutorProfile } from '../../../contract/executor-profile.ts';
import type { GateRecord } from '../../../contract/records.ts';
import type { AttemptClock } from './attempt-clock.ts';
import type { AttemptWork } from './attempt-work.ts';

/** What the questions of one attempt share. */
export interface OpenQuestions {
  readonly work: AttemptWork;
  readonly profile: Pick<ExecutorProfile, 'name' | 'title' | 'agent' | 'permissions'>;
  readonly redact: (text: string) => string;
  /** Stands still while a person is asked. */
  readonly clock: Pick<AttemptClock, 'pause'>;
  /** Settled when the record says that the executor runs. */
  readonly begun: Promise<void>;
  /** Aborted when nobody is asked any more. */
  readonly closed: AbortSignal;
  /** What a person has allowed until the attempt ends, by the digest of its reach. */
  readonly allowances: Map<string, Allowance>;
  /** The same digest of each question that waits for a person. */
  readonly reaches: Map<GateRecord['id'], string>;
  /** How many questions a person was asked. */
  askedOfPeople: number;
}

/** Of an approved gate with scope `attempt`. */
export interface Allowance {
  readonly gateId: GateRecord['id'];
  readonly by: string;
}
