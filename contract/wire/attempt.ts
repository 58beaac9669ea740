import { z } from 'zod';

import { AttemptState } from '../attempt-state.ts';
import { FailureClass } from '../failure-class.ts';
import { AttemptId, RunId, StepId, TraceId } from '../ids.ts';
import type { AttemptRecord } from '../records.ts';
import type { Result } from '../result.ts';
import { decodeWith, wireList, wireObject, wireText, wireTime, wireTimeOrNull } from './decode.ts';
import { encodeInvocation, WireInvocation } from './invocation.ts';
import { encodeProvisioning, WireProvisioning } from './provisioning.ts';
import { encodeSalvage, WireSalvage } from './salvage.ts';
import { decodeStopRequest, encodeStopRequest } from './stop-request.ts';
import { formatTime, formatTimeOrNull } from './time.ts';
import { encodeUsage, WireUsage } from './usage.ts';

/** An attempt without what only recovery needs to find its processes again. */
export type AttemptView = Omit<AttemptRecord, 'mark' | 'pidStartTicks'>;

export const encodeAttempt = (attempt: AttemptView) => ({
  id: attempt.id,
  step_id: attempt.stepId,
  run_id: attempt.runId,
  number: attempt.number,
  lane: attempt.lane,
  submission: attempt.submission,
  adapter: attempt.executor,
  state: attempt.state,
  failure_class: attempt.failureClass,
  summary: attempt.summary,
  questions: attempt.questions,
  warnings: attempt.warnings,
  files_changed: attempt.filesChanged,
  is_simulation: attempt.isSimulation,
  exit_code: attempt.exitCode,
  signal: attempt.signal,
  trace_id: attempt.traceId,
  worktree_path: attempt.worktreePath,
  base_commit: attempt.baseCommit,
  pid: attempt.pid,
  executor_session: attempt.executorSession,
  provisioning: attempt.provisioning === null ? null : encodeProvisioning(attempt.provisioning),
  salvage: attempt.salvage === null ? null : encodeSalvage(attempt.salvage),
  cancel_request: encodeStopRequest(attempt.cancelRequest),
  created_at: formatTime(attempt.createdAtMs),
  started_at: formatTimeOrNull(attempt.startedAtMs),
  ended_at: formatTimeOrNull(attempt.endedAtMs),
  updated_at: formatTime(attempt.updatedAtMs),
  invocation: attempt.invocation === null ? null : encodeInvocation(attempt.invocation),
  usage: attempt.usage === null ? null : encodeUsage(attempt.usage),
});

const textOrNull = z.string().nullable().default(null);
const intOrNull = z.int().nullable().default(null);

export const WireAttempt = wireObject({
  id: AttemptId,
  step_id: StepId,
  run_id: RunId,
  number: z.int().positive(),
  lane: z.int().nonnegative().default(0),
  submission: z.int().positive().default(1),
  adapter: wireText,
  state: AttemptState,
  failure_class: FailureClass.nullable().default(null),
  summary: wireText,
  questions: wireList(z.string()),
  warnings: wireList(z.string()),
  files_changed: wireList(z.string()),
  is_simulation: z.boolean().default(false),
  exit_code: intOrNull,
  signal: textOrNull,
  trace_id: TraceId,
  worktree_path: wireText,
  base_commit: textOrNull,
  pid: intOrNull,
  executor_session: textOrNull,
  provisioning: WireProvisioning.nullable().default(null),
  salvage: WireSalvage.nullable().default(null),
  cancel_request: decodeStopRequest,
  created_at: wireTime,
  started_at: wireTimeOrNull,
  ended_at: wireTimeOrNull,
  updated_at: wireTime,
  invocation: WireInvocation.nullable().default(null),
  usage: WireUsage.nullable().default(null),
})
  .transform(
    (wire): AttemptView => ({
      id: wire.id,
      stepId: wire.step_id,
      runId: wire.run_id,
      number: wire.number,
      lane: wire.lane,
      submission: wire.submission,
      executor: wire.adapter,
      state: wire.state,
      failureClass: wire.failure_class,
      summary: wire.summary,
      questions: wire.questions,
      warnings: wire.warnings,
      filesChanged: wire.files_changed,
      isSimulation: wire.is_simulation,
      exitCode: wire.exit_code,
      signal: wire.signal,
      traceId: wire.trace_id,
      worktreePath: wire.worktree_path,
      baseCommit: wire.base_commit,
      pid: wire.pid,
      executorSession: wire.executor_session,
      provisioning: wire.provisioning,
      salvage: wire.salvage,
      cancelRequest: wire.cancel_request,
      createdAtMs: wire.created_at,
      startedAtMs: wire.started_at,
      endedAtMs: wire.ended_at,
      updatedAtMs: wire.updated_at,
      invocation: wire.invocation,
      usage: wire.usage,
    }),
  )
  .meta({ id: 'Attempt', description: 'One execution of a step in a worktree of its own.' });

export const decodeAttempt = (value: unknown): Result<AttemptView, string> => decodeWith(WireAttempt, value);
