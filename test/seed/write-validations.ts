import type { ValidationRecord } from '../../contract/records.ts';
import type { Pen } from './pen.ts';
import type { Played } from './play-attempt.ts';
import type { AttemptStory } from './story.ts';

/** The validations of the task, each with the verdict that fits how the attempt ends. */
export function writeValidations(pen: Pen, { step, attempt }: Played, story: AttemptStory): void {
  for (const [ordinal, { name, command, required }] of step.spec.validations.entries()) {
    const startedAtMs = pen.clock();
    pen.pass(pen.draw.whole(50, 9_000));
    const hasFailed = story.ends === (required ? 'failed_validation' : 'completed_with_warnings');
    const row: ValidationRecord = {
      attemptId: attempt.id,
      ordinal,
      name,
      command,
      required,
      state: hasFailed ? 'failed' : 'passed',
      exitCode: hasFailed ? 1 : 0,
      signal: null,
      stdoutRef: null,
      stderrRef: null,
      error: hasFailed ? 'exit status 1' : '',
      durationMs: pen.clock() - startedAtMs,
      startedAtMs,
      updatedAtMs: pen.clock(),
    };
    pen.store.validations.insert(row);
    const place = { runId: step.runId, stepId: step.id, attemptId: attempt.id };
    const payload = { name, state: row.state, exit_code: row.exitCode, required, duration_ms: row.durationMs };
    pen.store.events.append({ type: 'validation.ended', actor: 'daemon', ...place, payload });
  }
}
