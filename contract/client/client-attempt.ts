import { type ClientSalvage, clientSalvage } from './client-salvage.ts';
import type { Fields } from './read-fields.ts';

/** One attempt of a step. */
export interface ClientAttempt {
  readonly id: string;
  readonly number: number;
  readonly executor: string;
  readonly state: string;
  readonly failureClass: string;
  readonly summary: string;
  readonly filesChanged: readonly string[];
  readonly worktreePath: string;
  readonly baseCommit: string;
  readonly salvage: ClientSalvage | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}

export const clientAttempt = (fields: Fields): ClientAttempt => ({
  id: fields.id('id'),
  number: fields.integer('number'),
  executor: fields.text('adapter'),
  state: fields.text('state'),
  failureClass: fields.text('failure_class'),
  summary: fields.text('summary'),
  filesChanged: fields.texts('files_changed'),
  worktreePath: fields.text('worktree_path'),
  baseCommit: fields.text('base_commit'),
  salvage: fields.object('salvage', clientSalvage),
  startedAtMs: fields.timeMs('started_at'),
  endedAtMs: fields.timeMs('ended_at'),
});
