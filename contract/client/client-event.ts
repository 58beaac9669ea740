import type { JsonObject } from './json-value.ts';
import type { Fields } from './read-fields.ts';

/** One entry of the event log. Ids are empty where the event is about none; a newer daemon may know further types. */
export interface ClientEvent {
  readonly seq: number;
  readonly atMs: number | null;
  readonly type: string;
  readonly actor: string;
  readonly runId: string;
  readonly stepId: string;
  readonly attemptId: string;
  readonly gateId: string;
  readonly payload: JsonObject;
}

export const clientEvent = (fields: Fields): ClientEvent => ({
  seq: fields.integer('seq'),
  atMs: fields.timeMs('at'),
  type: fields.id('type'),
  actor: fields.text('actor'),
  runId: fields.text('run_id'),
  stepId: fields.text('step_id'),
  attemptId: fields.text('attempt_id'),
  gateId: fields.text('gate_id'),
  payload: fields.json('payload'),
});
