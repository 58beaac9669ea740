import type { AttemptId } from '../../../contract/ids.ts';
import { LeaseRecord } from '../../../contract/records.ts';
import { plain } from './columns.ts';
import { createRecordTable } from './record-table.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface LeaseTable {
  insert(lease: LeaseRecord): void;
  get(attemptId: AttemptId): LeaseRecord | null;
  /** Only the holder of the recorded fence may write; false: the lease is somebody else's, or gone. */
  save(lease: LeaseRecord): boolean;
  remove(attemptId: AttemptId, fence: number): boolean;
  /** Greater than every fence before it, also those of earlier starts. */
  nextFence(): number;
  /** Those that were due at `nowMs` or earlier; longest overdue first. */
  listExpired(nowMs: number): readonly LeaseRecord[];
}

const SHAPE: TableShape<LeaseRecord> = {
  table: 'leases',
  columns: {
    attemptId: plain('attempt_id'),
    owner: plain('owner'),
    fence: plain('fence'),
    ttlSeconds: plain('ttl_seconds'),
    heartbeatAtMs: plain('heartbeat_at_ms'),
    expiresAtMs: plain('expires_at_ms'),
  },
  key: ['attemptId'],
  fixed: ['fence'],
  schema: LeaseRecord,
};

export function createLeaseTable(parts: StoreParts): LeaseTable {
  const { db, transaction } = parts;
  const table = createRecordTable(parts, SHAPE);
  const ofAttempt = table.select('WHERE attempt_id = ?');
  const expired = table.select('WHERE expires_at_ms <= ? ORDER BY expires_at_ms, attempt_id');
  const remove = db.prepare<[AttemptId, number]>('DELETE FROM leases WHERE attempt_id = ? AND fence = ?');
  const nextFence = db
    .prepare<[], number>("UPDATE counters SET value = value + 1 WHERE name = 'lease_fence' RETURNING value")
    .pluck();

  return {
    insert: table.insert,
    get: (attemptId) => ofAttempt.one(attemptId),
    save: table.saveIf('fence = @fence'),
    remove: (attemptId, fence) => transaction(() => remove.run(attemptId, fence).changes === 1),
    nextFence: () =>
      transaction(() => {
        const fence = nextFence.get();
        if (fence === undefined) throw new Error('the record has lost the counter of lease fences');
        return fence;
      }),
    listExpired: (nowMs) => expired.all(nowMs),
  };
}
