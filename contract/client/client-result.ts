import { type ClientSalvage, clientSalvage } from './client-salvage.ts';
import { type ClientValidation, clientValidation } from './client-validation.ts';
import type { JsonObject } from './json-value.ts';
import type { Fields } from './read-fields.ts';

/** The result of a step. Its ids are empty from daemons of the first wire version while nothing was tried yet. */
export interface ClientResult {
  readonly runId: string;
  readonly stepId: string;
  readonly attemptId: string;
  readonly executor: string;
  readonly state: string;
  readonly summary: string;
  readonly statusReason: string;
  readonly failureClass: string;
  readonly provisioning: ClientProvisioning | null;
  readonly filesChanged: readonly string[];
  readonly validations: readonly ClientValidation[];
  readonly warnings: readonly string[];
  readonly questions: readonly string[];
  readonly isSimulation: boolean;
  /** Pending ones. */
  readonly gates: readonly string[];
  readonly salvage: ClientSalvage | null;
  /** The vendor's; empty: there is none. */
  readonly session: string;
  /** Empty: the executor does not tell. */
  readonly usage: JsonObject;
}

export interface ClientProvisioning {
  readonly isSuccess: boolean;
  readonly summary: string;
  readonly log: readonly string[];
  readonly durationMs: number;
}

export function clientResult(fields: Fields): ClientResult {
  // Not used here, but what inherited clients insist on: a daemon that breaks it is not understood by them either.
  fields.textMap('artifacts');
  fields.timeMs('created_at');
  fields.timeMs('updated_at');
  return {
    runId: fields.text('run_id'),
    stepId: fields.text('step_id'),
    attemptId: fields.text('attempt_id'),
    executor: fields.text('adapter'),
    state: fields.id('state'),
    summary: fields.text('summary'),
    statusReason: fields.text('status_reason'),
    failureClass: fields.text('failure_class'),
    provisioning: fields.object('provisioning', clientProvisioning),
    filesChanged: fields.texts('files_changed'),
    validations: fields.objects('validations', clientValidation),
    warnings: fields.texts('warnings'),
    questions: fields.texts('questions'),
    isSimulation: fields.flag('is_simulation'),
    gates: fields.texts('gates'),
    salvage: fields.object('salvage', clientSalvage),
    session: fields.text('session'),
    usage: fields.json('usage'),
  };
}

const clientProvisioning = (fields: Fields): ClientProvisioning => ({
  isSuccess: fields.flag('success'),
  summary: fields.text('summary'),
  log: fields.texts('log'),
  durationMs: fields.integer('duration_ms'),
});
