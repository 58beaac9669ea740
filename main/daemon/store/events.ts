import { type EventDraft, EventRecord } from '../../../contract/events.ts';
import type { RunId, StepId } from '../../../contract/ids.ts';
import { json, plain } from './columns.ts';
import type { EventLog } from './event-log.ts';
import { createSelection, LIMIT } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';
import { type ChainReport, verifyChain } from './verify-chain.ts';

export interface EventTable {
  /** Only inside a transaction: an event without the change that it tells would be untrue, and so would the reverse. */
  append(draft: EventDraft): EventRecord;
  /** Entries after the sequence number `after`, in order. */
  read(page: {
    readonly after: number;
    readonly runId?: RunId | undefined;
    readonly stepId?: StepId | undefined;
    readonly limit: number;
  }): readonly EventRecord[];
  /** 0: nothing has happened yet. */
  lastSeq(): number;
  /** Recomputes the chain, giving way to other work between chunks. Rejects when the signal fires. */
  verifyChain(range?: { readonly fromSeq?: number; readonly signal?: AbortSignal }): Promise<ChainReport>;
}

const SHAPE: TableShape<EventRecord> = {
  table: 'events',
  columns: {
    seq: plain('seq'),
    atMs: plain('at_ms'),
    type: plain('type'),
    actor: plain('actor'),
    runId: plain('run_id'),
    stepId: plain('step_id'),
    attemptId: plain('attempt_id'),
    gateId: plain('gate_id'),
    payload: json('payload'),
    previousHash: plain('previous_hash'),
    hash: plain('hash'),
  },
  key: ['seq'],
  fixed: [],
  schema: EventRecord,
};

export function createEventTable(parts: StoreParts, log: EventLog): EventTable {
  const all = createSelection(parts, SHAPE, `WHERE seq > ? ORDER BY seq ${LIMIT}`);
  const ofRun = createSelection(parts, SHAPE, `WHERE run_id = ? AND seq > ? ORDER BY seq ${LIMIT}`);
  const ofStep = createSelection(parts, SHAPE, `WHERE step_id = ? AND seq > ? ORDER BY seq ${LIMIT}`);
  const ofBoth = createSelection(parts, SHAPE, `WHERE step_id = ? AND run_id = ? AND seq > ? ORDER BY seq ${LIMIT}`);

  return {
    append(draft) {
      if (!parts.db.inTransaction) throw new Error(`event ${draft.type} was appended outside a transaction`);
      return parts.transaction(() => log.append(draft));
    },
    read({ after, runId, stepId, limit }) {
      if (runId !== undefined && stepId !== undefined) return ofBoth.page(limit, stepId, runId, after);
      if (runId !== undefined) return ofRun.page(limit, runId, after);
      if (stepId !== undefined) return ofStep.page(limit, stepId, after);
      return all.page(limit, after);
    },
    lastSeq: () => log.lastSeq(),
    verifyChain: (range = {}) => verifyChain(parts.db, range),
  };
}
