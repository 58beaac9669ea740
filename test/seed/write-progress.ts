import type { AttemptRecord } from '../../contract/records.ts';
import type { Pen } from './pen.ts';

/** What the executor says of itself while it works. */
export function writeProgress({ store, draw, pass }: Pen, attempt: AttemptRecord, count: number): void {
  const actor = `executor:${attempt.id}`;
  const place = { runId: attempt.runId, stepId: attempt.stepId, attemptId: attempt.id };
  for (let index = 0; index < count; index += 1) {
    const durationMs = draw.whole(5, 900);
    pass(durationMs);
    const payload = { kind: 'recipe_step', index, exit_code: 0, signal: null, ok: true, duration_ms: durationMs };
    store.events.append({ type: 'attempt.progress', actor, ...place, payload });
  }
}
