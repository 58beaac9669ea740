import { InstanceRecord } from '../../../contract/records.ts';
import { plain } from './columns.ts';
import { createRecordTable } from './record-table.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

/** The one row that says whose record this is. */
export interface InstanceTable {
  /** Throws when there is one already. */
  insert(instance: InstanceRecord): void;
  save(instance: InstanceRecord): void;
  get(): InstanceRecord | null;
}

const SHAPE: TableShape<InstanceRecord> = {
  table: 'instance',
  columns: { id: plain('id'), repoRoot: plain('repo_root'), createdAtMs: plain('created_at_ms') },
  key: ['id'],
  fixed: ['createdAtMs'],
  schema: InstanceRecord,
};

export function createInstanceTable(parts: StoreParts): InstanceTable {
  const table = createRecordTable(parts, SHAPE);
  const only = table.select('LIMIT 1');
  return { insert: table.insert, save: table.save, get: () => only.one() };
}
