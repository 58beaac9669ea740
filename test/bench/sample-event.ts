import { AttemptId, RunId, StepId } from '../../contract/ids.ts';
import { encodeEvent } from '../../contract/wire/event.ts';

/** What one attempt's progress looks like in the log. */
export const PROGRESS = {
  type: 'attempt.progress',
  actor: 'executor:step-0123456789-a1',
  runId: RunId.parse('run-0123456789'),
  stepId: StepId.parse('step-0123456789'),
  attemptId: AttemptId.parse('step-0123456789-a1'),
  payload: { kind: 'recipe_step', index: 1, exit_code: 0, signal: null, ok: true, duration_ms: 12 },
} as const;

/** The same as a frame of the event stream, with texts of the right length for what only the log knows. */
export function frameOf(seq: number, atMs: number): string {
  const hash = '0'.repeat(64);
  const event = encodeEvent({ ...PROGRESS, seq, atMs, gateId: null, previousHash: hash, hash });
  return `id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
