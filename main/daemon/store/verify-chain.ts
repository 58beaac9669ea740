import { setImmediate } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';

import { GENESIS_HASH, hashOfEvent, type StoredEvent } from './event-hash.ts';
import { sqliteCode } from './storage-full.ts';

export interface ChainReport {
  readonly ok: boolean;
  /** Entries that were recomputed and fit. */
  readonly checked: number;
  /** The first entry that does not fit, or the number of the first one that is missing. */
  readonly firstBadSeq: number | null;
  readonly sentence: string;
}

export interface ChainRange {
  readonly fromSeq?: number;
  readonly signal?: AbortSignal;
}

interface Link {
  readonly seq: number;
  readonly hash: string;
}

interface Fault {
  readonly seq: number;
  readonly sentence: string;
}

type ChainedEvent = StoredEvent & Link;

/** What following the log for a while came to. */
type Progress =
  | { readonly kind: 'on'; readonly last: Link }
  | { readonly kind: 'end' }
  | { readonly kind: 'fault'; readonly fault: Fault };

interface Statements {
  readonly chunk: Statement<[number], ChainedEvent>;
  readonly one: Statement<[number], Link>;
  readonly head: Statement<[], Link>;
}

/** Recomputes the chain from `fromSeq` to the newest entry (SPEC.md, EVT-7 to EVT-10). */
export async function verifyChain(db: Database, { fromSeq = 1, signal }: ChainRange): Promise<ChainReport> {
  const statements = prepareStatements(db);
  const start = linkBefore(statements, fromSeq);
  if (start === null) return faultReport(0, { seq: fromSeq - 1, sentence: `Entry ${fromSeq - 1} is missing.` });
  let last = start;
  for (;;) {
    signal?.throwIfAborted();
    const progress = follow(statements, last);
    if (progress.kind === 'end') return endReport(last, { start, head: statements.head.get() });
    if (progress.kind === 'fault') return faultReport(progress.fault.seq - 1 - start.seq, progress.fault);
    last = progress.last;
    await setImmediate();
  }
}

const prepareStatements = (db: Database): Statements => ({
  chunk: db.prepare(`SELECT seq, at_ms, type, actor, run_id, step_id, attempt_id, gate_id, payload, previous_hash, hash
    FROM events WHERE seq > ? ORDER BY seq LIMIT 500`),
  one: db.prepare('SELECT seq, hash FROM events WHERE seq = ?'),
  head: db.prepare('SELECT seq, hash FROM event_head'),
});

function linkBefore({ one }: Statements, fromSeq: number): Link | null {
  if (fromSeq <= 1) return { seq: 0, hash: GENESIS_HASH };
  return one.get(fromSeq - 1) ?? null;
}

function follow({ chunk }: Statements, start: Link): Progress {
  let last = start;
  try {
    for (const entry of chunk.all(start.seq)) {
      const fault = faultOf(entry, last);
      if (fault !== null) return { kind: 'fault', fault };
      last = entry;
    }
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
    return { kind: 'fault', fault: { seq: last.seq + 1, sentence: unreadable(last.seq, error) } };
  }
  return last === start ? { kind: 'end' } : { kind: 'on', last: { seq: last.seq, hash: last.hash } };
}

function faultOf(entry: ChainedEvent, last: Link): Fault | null {
  const expected = last.seq + 1;
  if (entry.seq !== expected) return { seq: expected, sentence: missing(expected, entry.seq - 1) };
  if (entry.previous_hash !== last.hash) {
    const sentence = `Entry ${entry.seq} does not continue the one before it: it was changed, moved, or something was put in or taken out there.`;
    return { seq: entry.seq, sentence };
  }
  if (entry.hash === hashOfEvent(entry)) return null;
  return { seq: entry.seq, sentence: `Entry ${entry.seq} was changed after it was written: it does not fit its hash.` };
}

function endReport(
  last: Link,
  { start, head }: { readonly start: Link; readonly head: Link | undefined },
): ChainReport {
  const fault = faultAtEnd(last, head);
  if (fault !== null) return faultReport(fault.seq - 1 - start.seq, fault);
  const checked = last.seq - start.seq;
  return { ok: true, checked, firstBadSeq: null, sentence: `${checked} entries checked: the chain is whole.` };
}

/** The head row is written with each entry: it knows how many there must be. */
function faultAtEnd(last: Link, head: Link | undefined): Fault | null {
  if (head === undefined) return { seq: last.seq, sentence: 'The row that names the newest entry is missing.' };
  if (last.seq < head.seq) return { seq: last.seq + 1, sentence: missing(last.seq + 1, head.seq) };
  if (last.seq > head.seq) return { seq: head.seq + 1, sentence: `Entry ${head.seq + 1} was put in at the end.` };
  if (last.hash === head.hash) return null;
  return { seq: last.seq, sentence: `Entry ${last.seq} is not the one that was written last.` };
}

const faultReport = (checked: number, fault: Fault): ChainReport => ({
  ok: false,
  checked: Math.max(0, checked),
  firstBadSeq: fault.seq,
  sentence: fault.sentence,
});

const missing = (first: number, last: number): string =>
  first === last ? `Entry ${first} is missing.` : `Entries ${first} to ${last} are missing.`;

const unreadable = (seq: number, error: unknown): string =>
  `What follows entry ${seq} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
