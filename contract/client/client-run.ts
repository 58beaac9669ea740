import { numbersOf } from './numbers-of.ts';
import type { Fields } from './read-fields.ts';

/** A run as clients see it. States are plain strings here: a newer daemon may know more of them. */
export interface ClientRun {
  readonly id: string;
  readonly projectId: string;
  readonly conversationId: string;
  readonly plannerId: string;
  readonly executorId: string;
  readonly state: string;
  readonly createdAtMs: number | null;
  readonly updatedAtMs: number | null;
  /** How many steps are in each state; `null`: it was not asked for, or an older daemon does not tell. */
  readonly stepCounts: Readonly<Record<string, number>> | null;
  /** Gates of it that wait. */
  readonly gatesPending: number | null;
}

export const clientRun = (fields: Fields): ClientRun => ({
  id: fields.id('id'),
  projectId: fields.text('project_id'),
  conversationId: fields.text('conversation_id'),
  plannerId: fields.text('planner_id'),
  executorId: fields.text('executor_id'),
  state: fields.text('state'),
  createdAtMs: fields.timeMs('created_at'),
  updatedAtMs: fields.timeMs('updated_at'),
  stepCounts: fields.value('step_counts') === null ? null : numbersOf(fields.json('step_counts')),
  gatesPending: fields.optionalInteger('gates_pending'),
});
