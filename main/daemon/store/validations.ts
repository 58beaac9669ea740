import type { AttemptId, StepId } from '../../../contract/ids.ts';
import { ValidationRecord } from '../../../contract/records.ts';
import { flag, plain } from './columns.ts';
import { createRecordTable } from './record-table.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface ValidationTable {
  insert(validation: ValidationRecord): void;
  save(validation: ValidationRecord): void;
  get(attemptId: AttemptId, ordinal: number): ValidationRecord | null;
  /** In the order in which they run. */
  listOfAttempt(attemptId: AttemptId): readonly ValidationRecord[];
  /** Attempt by attempt. */
  listOfStep(stepId: StepId): readonly ValidationRecord[];
}

const SHAPE: TableShape<ValidationRecord> = {
  table: 'validations',
  columns: {
    attemptId: plain('attempt_id'),
    ordinal: plain('ordinal'),
    name: plain('name'),
    command: plain('command'),
    required: flag('required'),
    state: plain('state'),
    exitCode: plain('exit_code'),
    signal: plain('signal'),
    stdoutRef: plain('stdout_ref'),
    stderrRef: plain('stderr_ref'),
    error: plain('error'),
    durationMs: plain('duration_ms'),
    startedAtMs: plain('started_at_ms'),
    updatedAtMs: plain('updated_at_ms'),
  },
  key: ['attemptId', 'ordinal'],
  fixed: [],
  schema: ValidationRecord,
};

export function createValidationTable(parts: StoreParts): ValidationTable {
  const table = createRecordTable(parts, SHAPE);
  const one = table.select('WHERE attempt_id = ? AND ordinal = ?');
  const ofAttempt = table.select('WHERE attempt_id = ? ORDER BY ordinal');
  const ofStep = table.select(`JOIN attempts ON attempts.id = validations.attempt_id
    WHERE attempts.step_id = ? ORDER BY attempts.number, validations.ordinal`);
  return {
    insert: table.insert,
    save: table.save,
    get: (attemptId, ordinal) => one.one(attemptId, ordinal),
    listOfAttempt: (attemptId) => ofAttempt.all(attemptId),
    listOfStep: (stepId) => ofStep.all(stepId),
  };
}
