import type { Fields } from './read-fields.ts';

/** One validation. `state` is empty from daemons of the first wire version, which say only whether it passed. */
export interface ClientValidation {
  readonly name: string;
  readonly command: string;
  readonly state: string;
  readonly hasPassed: boolean;
  readonly isRequired: boolean;
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly error: string;
  /** Files of what it printed, absolute, on the daemon's machine; empty when there is none. */
  readonly stdoutPath: string;
  readonly stderrPath: string;
}

export const clientValidation = (fields: Fields): ClientValidation => ({
  name: fields.text('name'),
  command: fields.text('command'),
  state: fields.text('state'),
  hasPassed: fields.flag('passed'),
  isRequired: fields.optionalFlag('required') ?? true,
  exitCode: fields.optionalInteger('exit_code'),
  durationMs: fields.integer('duration_ms'),
  error: fields.text('error'),
  stdoutPath: fields.text('stdout_ref'),
  stderrPath: fields.text('stderr_ref'),
});
