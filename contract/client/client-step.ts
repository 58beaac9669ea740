import type { Fields } from './read-fields.ts';

/** A step as clients see it. `runId` is empty from daemons of the first wire version. */
export interface ClientStep {
  readonly id: string;
  readonly runId: string;
  readonly phaseId: string;
  readonly title: string;
  readonly goal: string;
  readonly state: string;
  readonly statusReason: string;
  readonly executor: string;
  readonly createdAtMs: number | null;
  readonly updatedAtMs: number | null;
}

export const clientStep = (fields: Fields): ClientStep => ({
  id: fields.id('id'),
  runId: fields.text('run_id'),
  phaseId: fields.text('phase_id'),
  title: fields.text('title'),
  goal: fields.text('goal'),
  state: fields.text('state'),
  statusReason: fields.text('status_reason'),
  executor: fields.text('executor') || fields.text('adapter'),
  createdAtMs: fields.timeMs('created_at'),
  updatedAtMs: fields.timeMs('updated_at'),
});
