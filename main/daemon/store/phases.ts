import type { PhaseId, RunId } from '../../../contract/ids.ts';
import { PhaseRecord } from '../../../contract/records.ts';
import { plain } from './columns.ts';
import { createRecordTable } from './record-table.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface PhaseTable {
  insert(phase: PhaseRecord): void;
  save(phase: PhaseRecord): void;
  get(id: PhaseId): PhaseRecord | null;
  /** In their declared order. */
  listOfRun(runId: RunId): readonly PhaseRecord[];
}

const SHAPE: TableShape<PhaseRecord> = {
  table: 'phases',
  columns: {
    id: plain('id'),
    runId: plain('run_id'),
    name: plain('name'),
    seqOrder: plain('seq_order'),
    createdAtMs: plain('created_at_ms'),
    updatedAtMs: plain('updated_at_ms'),
  },
  key: ['id'],
  fixed: ['runId', 'createdAtMs'],
  schema: PhaseRecord,
};

export function createPhaseTable(parts: StoreParts): PhaseTable {
  const table = createRecordTable(parts, SHAPE);
  const byId = table.select('WHERE id = ?');
  const ofRun = table.select('WHERE run_id = ? ORDER BY seq_order, id');
  return {
    insert: table.insert,
    save: table.save,
    get: (id) => byId.one(id),
    listOfRun: (runId) => ofRun.all(runId),
  };
}
