import type { AnsweredRequestTable } from './answered-requests.ts';
import type { ArtifactTable } from './artifacts.ts';
import type { AttemptTable } from './attempts.ts';
import type { CommitListener } from './commit-publisher.ts';
import type { EventTable } from './events.ts';
import type { GateTable } from './gates.ts';
import type { InstanceTable } from './instance.ts';
import type { IntegrityReport } from './integrity.ts';
import type { LeaseTable } from './leases.ts';
import type { PhaseTable } from './phases.ts';
import type { QuarantinedRow } from './quarantine.ts';
import type { RunTable } from './runs.ts';
import type { SettingTable } from './settings.ts';
import type { StepTable } from './steps.ts';
import type { TokenTable } from './tokens.ts';
import type { Transaction } from './transaction.ts';
import type { ValidationTable } from './validations.ts';

/** The record of one instance. Everything is synchronous; a write outside a transaction is a transaction of its own. */
export interface Store {
  /**
   * All or nothing: commits when `work` returns, rolls back when it throws (a `StorageFull` when the disk is). A call
   * inside another one joins it. `work` must not wait.
   */
  readonly transaction: Transaction;
  /**
   * Tells of each commit that appended events, after it, in order. Answers how to stop listening.
   */
  onCommit(listener: CommitListener): () => void;
  readonly runs: RunTable;
  readonly phases: PhaseTable;
  readonly steps: StepTable;
  readonly attempts: AttemptTable;
  readonly leases: LeaseTable;
  readonly artifacts: ArtifactTable;
  readonly validations: ValidationTable;
  readonly gates: GateTable;
  readonly events: EventTable;
  readonly answeredRequests: AnsweredRequestTable;
  readonly tokens: TokenTable;
  readonly settings: SettingTable;
  readonly instance: InstanceTable;
  /** Rows that could not be read, newest first. */
  listQuarantined(limit: number): readonly QuarantinedRow[];
  countQuarantined(): number;
  /** Moves what the write-ahead log holds into the database file. */
  checkpoint(): void;
  /** SQLite's quick check of the whole file. */
  integrity(): IntegrityReport;
  close(): void;
}
