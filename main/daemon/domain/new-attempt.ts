import { attemptIdOf } from '../../../contract/ids.ts';
import type { AttemptRecord, StepRecord } from '../../../contract/records.ts';

/** What of an attempt is not known by its step and its number. */
type AttemptStart = Pick<
  AttemptRecord,
  'isSimulation' | 'traceId' | 'mark' | 'worktreePath' | 'baseCommit' | 'createdAtMs'
>;

/** An attempt of the step as it was submitted last, at its start. */
export const newAttempt = (
  { id, runId, submission, executor }: Pick<StepRecord, 'id' | 'runId' | 'submission' | 'executor'>,
  number: number,
  start: AttemptStart,
): AttemptRecord => ({
  ...start,
  id: attemptIdOf(id, number),
  stepId: id,
  runId,
  number,
  lane: 0,
  submission,
  executor,
  state: 'dispatching',
  failureClass: null,
  summary: '',
  questions: [],
  warnings: [],
  filesChanged: [],
  exitCode: null,
  signal: null,
  pid: null,
  pidStartTicks: null,
  executorSession: null,
  invocation: null,
  usage: null,
  provisioning: null,
  salvage: null,
  cancelRequest: null,
  startedAtMs: null,
  endedAtMs: null,
  updatedAtMs: start.createdAtMs,
});
