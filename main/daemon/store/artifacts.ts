import type { ArtifactId, AttemptId, StepId } from '../../../contract/ids.ts';
import { ArtifactRecord } from '../../../contract/records.ts';
import { flag, plain } from './columns.ts';
import { createRecordTable } from './record-table.ts';
import { LIMIT } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface ArtifactTable {
  insert(artifact: ArtifactRecord): void;
  save(artifact: ArtifactRecord): void;
  get(id: ArtifactId): ArtifactRecord | null;
  /** In the order in which they were made. */
  listOfAttempt(attemptId: AttemptId): readonly ArtifactRecord[];
  /** Of all attempts, newest first. */
  listOfStep(stepId: StepId): readonly ArtifactRecord[];
  /** By id; `after` is the last id of the page before. */
  listAll(page: { readonly limit: number; readonly after?: ArtifactId | undefined }): readonly ArtifactRecord[];
}

const SHAPE: TableShape<ArtifactRecord> = {
  table: 'artifacts',
  columns: {
    id: plain('id'),
    attemptId: plain('attempt_id'),
    stepId: plain('step_id'),
    type: plain('type'),
    name: plain('name'),
    path: plain('path'),
    sizeBytes: plain('size_bytes'),
    sha256: plain('sha256'),
    mediaType: plain('media_type'),
    containsSecret: flag('contains_secret'),
    createdAtMs: plain('created_at_ms'),
  },
  key: ['id'],
  fixed: ['attemptId', 'stepId', 'createdAtMs'],
  schema: ArtifactRecord,
};

export function createArtifactTable(parts: StoreParts): ArtifactTable {
  const table = createRecordTable(parts, SHAPE);
  const byId = table.select('WHERE id = ?');
  const ofAttempt = table.select('WHERE attempt_id = ? ORDER BY created_at_ms, id');
  const ofStep = table.select('WHERE step_id = ? ORDER BY created_at_ms DESC, id DESC');
  const all = table.select(`WHERE id > ? ORDER BY id ${LIMIT}`);
  return {
    insert: table.insert,
    save: table.save,
    get: (id) => byId.one(id),
    listOfAttempt: (attemptId) => ofAttempt.all(attemptId),
    listOfStep: (stepId) => ofStep.all(stepId),
    listAll: ({ limit, after }) => all.page(limit, after ?? ''),
  };
}
