import type { Database } from 'better-sqlite3';

import { type EventDraft, EventRecord } from '../../../contract/events.ts';
import { hashOfEvent, type StoredEvent } from './event-hash.ts';

export interface EventLog {
  /** Inside a transaction. */
  append(draft: EventDraft): EventRecord;
  /** Of the newest entry; inside a transaction also of one that is not committed yet. Costs nothing while none is appended. */
  lastSeq(): number;
  /** Hands over what was appended since the last call. */
  takeAppended(): readonly EventRecord[];
}

interface Head {
  readonly seq: number;
  readonly hash: string;
}

export function createEventLog(db: Database, clock: () => number): EventLog {
  const selectHead = db.prepare<[], Head>('SELECT seq, hash FROM event_head');
  const insert = db.prepare<[StoredEvent & { readonly hash: string }]>(`
    INSERT INTO events (seq, at_ms, type, actor, run_id, step_id, attempt_id, gate_id, payload, previous_hash, hash)
    VALUES (@seq, @at_ms, @type, @actor, @run_id, @step_id, @attempt_id, @gate_id, @payload, @previous_hash, @hash)`);
  let appended: EventRecord[] = [];
  let committedSeq: number | null = null;

  return {
    append(draft) {
      committedSeq = null;
      const stored = toStoredEvent(draft, { head: headOf(selectHead.get()), atMs: clock() });
      const hash = hashOfEvent(stored);
      insert.run({ ...stored, hash });
      const event = toRecord(stored, hash);
      appended.push(event);
      return event;
    },
    lastSeq() {
      if (committedSeq !== null) return committedSeq;
      const { seq } = headOf(selectHead.get());
      if (!db.inTransaction) committedSeq = seq;
      return seq;
    },
    takeAppended() {
      const events = appended;
      appended = [];
      return events;
    },
  };
}

function headOf(row: Head | undefined): Head {
  if (row === undefined) throw new Error('the event log has lost its head row');
  return row;
}

function toStoredEvent(draft: EventDraft, place: { readonly head: Head; readonly atMs: number }): StoredEvent {
  return {
    seq: place.head.seq + 1,
    at_ms: place.atMs,
    type: draft.type,
    // A lone surrogate would come back from the database as another character, and the hash would not fit any more.
    actor: draft.actor.toWellFormed(),
    run_id: draft.runId ?? null,
    step_id: draft.stepId ?? null,
    attempt_id: draft.attemptId ?? null,
    gate_id: draft.gateId ?? null,
    payload: JSON.stringify(draft.payload ?? {}),
    previous_hash: place.head.hash,
  };
}

/** Through the stored text, so that what listeners get is what a reader gets. */
const toRecord = (stored: StoredEvent, hash: string): EventRecord =>
  EventRecord.parse({
    seq: stored.seq,
    atMs: stored.at_ms,
    type: stored.type,
    actor: stored.actor,
    runId: stored.run_id,
    stepId: stored.step_id,
    attemptId: stored.attempt_id,
    gateId: stored.gate_id,
    payload: JSON.parse(stored.payload),
    previousHash: stored.previous_hash,
    hash,
  });
