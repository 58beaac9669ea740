import type { Database } from 'better-sqlite3';

import type { EpochMs } from '../../../contract/time.ts';
import { createAnsweredRequestTable } from './answered-requests.ts';
import { createArtifactTable } from './artifacts.ts';
import { createAttemptTable } from './attempts.ts';
import { createCommitPublisher } from './commit-publisher.ts';
import { createEventLog } from './event-log.ts';
import { createEventTable } from './events.ts';
import { createGateTable } from './gates.ts';
import { createInstanceTable } from './instance.ts';
import { checkIntegrity } from './integrity.ts';
import { createLeaseTable } from './leases.ts';
import { createPhaseTable } from './phases.ts';
import { createQuarantine } from './quarantine.ts';
import { createRunTable } from './runs.ts';
import { createSettingTable } from './settings.ts';
import { createStepTable } from './steps.ts';
import { asStorageError } from './storage-full.ts';
import type { Store } from './store.ts';
import { createTokenTable } from './tokens.ts';
import { createTransaction } from './transaction.ts';
import { createValidationTable } from './validations.ts';

/** A transaction that took this long is worth a line in the daemon's log. */
const SLOW_MS = 100;

export interface StoreOptions {
  readonly clock: () => EpochMs;
  readonly onSlow?: ((slow: SlowCommit) => void) | undefined;
  /** A listener of `onCommit` threw. By default a process warning. */
  readonly onListenerError?: ((error: unknown) => void) | undefined;
}

export interface SlowCommit {
  readonly durationMs: number;
  readonly events: number;
}

/** The store over an open database whose schema is the newest. */
export function createStore(db: Database, { clock, onSlow, onListenerError = warn }: StoreOptions): Store {
  const log = createEventLog(db, clock);
  const publisher = createCommitPublisher(onListenerError);
  const transaction = createTransaction(db, {
    onRolledBack: () => void log.takeAppended(),
    onCommitted(durationMs) {
      const events = log.takeAppended();
      if (durationMs >= SLOW_MS) onSlow?.({ durationMs, events: events.length });
      if (events.length > 0) publisher.publish(events);
    },
  });
  const quarantine = createQuarantine({ db, log, transaction, clock });
  const parts = { db, transaction, quarantine };

  return {
    transaction,
    onCommit: publisher.onCommit,
    runs: createRunTable(parts),
    phases: createPhaseTable(parts),
    steps: createStepTable(parts),
    attempts: createAttemptTable(parts),
    leases: createLeaseTable(parts),
    artifacts: createArtifactTable(parts),
    validations: createValidationTable(parts),
    gates: createGateTable(parts),
    events: createEventTable(parts, log),
    answeredRequests: createAnsweredRequestTable(parts),
    tokens: createTokenTable(parts),
    settings: createSettingTable(parts),
    instance: createInstanceTable(parts),
    listQuarantined: quarantine.list,
    countQuarantined: quarantine.count,
    checkpoint: () => checkpoint(db),
    integrity: () => checkIntegrity(db),
    close: () => void db.close(),
  };
}

function checkpoint(db: Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw asStorageError(error);
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
