import { type ClientSalvage, clientSalvage } from './client-salvage.ts';
import type { JsonObject } from './json-value.ts';
import type { Fields } from './read-fields.ts';

/** One attempt of a step. */
export interface ClientAttempt {
  readonly id: string;
  readonly runId: string;
  readonly stepId: string;
  readonly number: number;
  readonly executor: string;
  readonly state: string;
  readonly failureClass: string;
  readonly summary: string;
  readonly exitCode: number | null;
  readonly signal: string;
  readonly isSimulation: boolean;
  readonly filesChanged: readonly string[];
  readonly worktreePath: string;
  readonly baseCommit: string;
  readonly warnings: readonly string[];
  readonly questions: readonly string[];
  /** The vendor's; empty: there is none. */
  readonly session: string;
  /** Empty: the executor does not tell. */
  readonly usage: JsonObject;
  /** Null: it runs no program of a vendor. */
  readonly invocation: ClientInvocation | null;
  readonly salvage: ClientSalvage | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}

/** How a program was run; secrets in it are masked. */
export interface ClientInvocation {
  readonly argv: readonly string[];
  readonly program: string;
  readonly version: string | null;
  readonly model: string | null;
  readonly reportedModel: string | null;
  readonly profile: string;
  readonly profileHash: string;
}

const clientInvocation = (fields: Fields): ClientInvocation => ({
  argv: fields.texts('argv'),
  program: fields.text('program'),
  version: fields.optionalText('version'),
  model: fields.optionalText('model'),
  reportedModel: fields.optionalText('reported_model'),
  profile: fields.text('profile'),
  profileHash: fields.text('profile_hash'),
});

export const clientAttempt = (fields: Fields): ClientAttempt => ({
  id: fields.id('id'),
  runId: fields.text('run_id'),
  stepId: fields.text('step_id'),
  number: fields.integer('number'),
  executor: fields.text('adapter'),
  state: fields.text('state'),
  failureClass: fields.text('failure_class'),
  summary: fields.text('summary'),
  exitCode: fields.optionalInteger('exit_code'),
  signal: fields.text('signal'),
  isSimulation: fields.flag('is_simulation'),
  filesChanged: fields.texts('files_changed'),
  worktreePath: fields.text('worktree_path'),
  baseCommit: fields.text('base_commit'),
  warnings: fields.texts('warnings'),
  questions: fields.texts('questions'),
  session: fields.text('executor_session'),
  usage: fields.json('usage'),
  invocation: fields.object('invocation', clientInvocation),
  salvage: fields.object('salvage', clientSalvage),
  startedAtMs: fields.timeMs('started_at'),
  endedAtMs: fields.timeMs('ended_at'),
});
