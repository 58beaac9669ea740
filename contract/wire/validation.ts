import { z } from 'zod';

import { AttemptId } from '../ids.ts';
import { type ValidationRecord, ValidationState } from '../records.ts';
import { wireIfAny, wireObject, wireText, wireTextIfAny, wireTime, wireTimeOrNull } from './decode.ts';
import { textOrAbsent } from './encode-json.ts';
import { formatTime, formatTimeOrNull } from './time.ts';

/** Inherited clients need a whole number where there is no exit code; -1 is what their own runtime says then. */
const NO_EXIT_CODE = -1;

export const encodeValidation = (validation: ValidationRecord) => ({
  name: validation.name,
  command: validation.command,
  state: validation.state,
  passed: validation.state === 'passed',
  exit_code: validation.exitCode ?? NO_EXIT_CODE,
  stdout_ref: textOrAbsent(validation.stdoutRef),
  stderr_ref: textOrAbsent(validation.stderrRef),
  error: textOrAbsent(validation.error),
  duration_ms: validation.durationMs,
  updated_at: formatTime(validation.updatedAtMs),
  attempt_id: validation.attemptId,
  ordinal: validation.ordinal,
  required: validation.required,
  signal: validation.signal,
  started_at: formatTimeOrNull(validation.startedAtMs),
});

const textOrNull = z.string().nullable().default(null);

export const WireValidation = wireObject({
  name: wireText,
  command: wireText,
  state: ValidationState,
  passed: z.boolean().default(false),
  exit_code: z.int().default(NO_EXIT_CODE),
  stdout_ref: wireIfAny(z.string()),
  stderr_ref: wireIfAny(z.string()),
  error: wireTextIfAny,
  duration_ms: z.int().default(0),
  updated_at: wireTime,
  attempt_id: AttemptId,
  ordinal: z.int().default(0),
  required: z.boolean().default(true),
  signal: textOrNull,
  started_at: wireTimeOrNull,
})
  .transform(
    (wire): ValidationRecord => ({
      attemptId: wire.attempt_id,
      ordinal: wire.ordinal,
      name: wire.name,
      command: wire.command,
      required: wire.required,
      state: wire.state,
      exitCode: wire.exit_code === NO_EXIT_CODE ? null : wire.exit_code,
      signal: wire.signal,
      stdoutRef: wire.stdout_ref,
      stderrRef: wire.stderr_ref,
      error: wire.error,
      durationMs: wire.duration_ms,
      startedAtMs: wire.started_at,
      updatedAtMs: wire.updated_at,
    }),
  )
  .meta({
    id: 'Validation',
    description: 'A command that was run after the executor. An exit code of -1 stands for none.',
  });
