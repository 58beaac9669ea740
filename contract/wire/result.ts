import { z } from 'zod';

import { AttemptState, isAttemptLive } from '../attempt-state.ts';
import { FailureClass } from '../failure-class.ts';
import { AttemptId, GateId, PhaseId, RunId, StepId } from '../ids.ts';
import type { Provisioning, SalvageRecord, ValidationRecord } from '../records.ts';
import type { Result } from '../result.ts';
import { StepState } from '../step-state.ts';
import type { EpochMs } from '../time.ts';
import type { Usage } from '../usage.ts';
import {
  decodeWith,
  wireIdOrNull,
  wireIfAny,
  wireList,
  wireObject,
  wireText,
  wireTextIfAny,
  wireTime,
} from './decode.ts';
import { listOrNull, sortedMap, textOrAbsent } from './encode-json.ts';
import { encodeProvisioning, WireProvisioning } from './provisioning.ts';
import { encodeSalvage, WireSalvage } from './salvage.ts';
import { formatTime } from './time.ts';
import { encodeUsage, WireUsage } from './usage.ts';
import { encodeValidation, WireValidation } from './validation.ts';

/** ResultSpec: one step, the attempt that speaks for it, and where everything is that it left behind. */
export interface ResultView {
  readonly version: string;
  readonly runId: RunId;
  readonly phaseId: PhaseId;
  readonly stepId: StepId;
  readonly attemptId: AttemptId | null;
  /** Of the shown attempt; empty when there is none. */
  readonly executor: string;
  readonly requestedExecutor: string;
  /** The step's own, always. */
  readonly state: StepState;
  readonly attemptState: AttemptState | null;
  readonly provisioning: Provisioning | null;
  readonly summary: string;
  readonly statusReason: string;
  readonly filesChanged: readonly string[];
  readonly validations: readonly ValidationRecord[];
  readonly needsHumanDecision: boolean;
  readonly warnings: readonly string[];
  readonly questions: readonly string[];
  /** Name → absolute path. */
  readonly artifacts: ReadonlyMap<string, string>;
  readonly rawOutputRef: string;
  readonly isSimulation: boolean;
  readonly isRetryable: boolean;
  readonly createdAtMs: EpochMs;
  readonly updatedAtMs: EpochMs;
  readonly baseCommit: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly failureClass: FailureClass | null;
  /** Pending ones. */
  readonly gates: readonly GateId[];
  readonly salvage: SalvageRecord | null;
  /** The vendor's session of the shown attempt, for whoever goes on with it. */
  readonly session: string | null;
  readonly usage: Usage | null;
}

export const encodeResult = (result: ResultView) => ({
  version: result.version,
  run_id: result.runId,
  phase_id: result.phaseId,
  step_id: result.stepId,
  attempt_id: result.attemptId ?? '',
  adapter: result.executor,
  requested_adapter: result.requestedExecutor,
  state: result.state,
  provisioning: result.provisioning === null ? undefined : encodeProvisioning(result.provisioning),
  summary: result.summary,
  files_changed: listOrNull(result.filesChanged),
  validations: encodeValidations(result),
  needs_human_decision: result.needsHumanDecision,
  warnings: listOrNull(result.warnings),
  questions: listOrNull(result.questions),
  artifacts: result.artifacts.size === 0 ? null : sortedMap(result.artifacts),
  raw_output_ref: textOrAbsent(result.rawOutputRef),
  is_simulation: result.isSimulation,
  retryable: result.isRetryable,
  created_at: formatTime(result.createdAtMs),
  updated_at: formatTime(result.updatedAtMs),
  status_reason: textOrAbsent(result.statusReason),
  attempt_state: result.attemptState,
  failure_class: result.failureClass,
  exit_code: result.exitCode,
  signal: result.signal,
  base_commit: result.baseCommit,
  gates: result.gates,
  salvage: result.salvage === null ? null : encodeSalvage(result.salvage),
  session: result.session,
  usage: result.usage === null ? null : encodeUsage(result.usage),
});

/** `null` until the attempt has ended, then a list, empty or not. */
function encodeValidations({ attemptState, validations }: ResultView) {
  const mayStillCome = attemptState === null || isAttemptLive(attemptState);
  return mayStillCome && validations.length === 0 ? null : validations.map(encodeValidation);
}

const textOrNull = z.string().nullable().default(null);

export const WireResult = wireObject({
  version: wireText,
  run_id: RunId,
  phase_id: PhaseId,
  step_id: StepId,
  attempt_id: wireIdOrNull(AttemptId),
  adapter: wireText,
  requested_adapter: wireText,
  state: StepState,
  provisioning: wireIfAny(WireProvisioning),
  summary: wireText,
  files_changed: wireList(z.string()),
  validations: wireList(WireValidation),
  needs_human_decision: z.boolean().default(false),
  warnings: wireList(z.string()),
  questions: wireList(z.string()),
  artifacts: z
    .record(z.string(), z.string())
    .nullable()
    .default(null)
    .transform((paths) => paths ?? {}),
  raw_output_ref: wireTextIfAny,
  is_simulation: z.boolean().default(false),
  retryable: z.boolean().default(false),
  created_at: wireTime,
  updated_at: wireTime,
  status_reason: wireTextIfAny,
  attempt_state: AttemptState.nullable().default(null),
  failure_class: FailureClass.nullable().default(null),
  exit_code: z.int().nullable().default(null),
  signal: textOrNull,
  base_commit: textOrNull,
  gates: wireList(GateId),
  salvage: WireSalvage.nullable().default(null),
  session: textOrNull.meta({ description: "The vendor's own id of the conversation." }),
  usage: WireUsage.nullable().default(null),
})
  .transform(
    (wire): ResultView => ({
      version: wire.version,
      runId: wire.run_id,
      phaseId: wire.phase_id,
      stepId: wire.step_id,
      attemptId: wire.attempt_id,
      executor: wire.adapter,
      requestedExecutor: wire.requested_adapter,
      state: wire.state,
      attemptState: wire.attempt_state,
      provisioning: wire.provisioning,
      summary: wire.summary,
      statusReason: wire.status_reason,
      filesChanged: wire.files_changed,
      validations: wire.validations,
      needsHumanDecision: wire.needs_human_decision,
      warnings: wire.warnings,
      questions: wire.questions,
      artifacts: new Map(Object.entries(wire.artifacts)),
      rawOutputRef: wire.raw_output_ref,
      isSimulation: wire.is_simulation,
      isRetryable: wire.retryable,
      createdAtMs: wire.created_at,
      updatedAtMs: wire.updated_at,
      baseCommit: wire.base_commit,
      exitCode: wire.exit_code,
      signal: wire.signal,
      failureClass: wire.failure_class,
      gates: wire.gates,
      salvage: wire.salvage,
      session: wire.session,
      usage: wire.usage,
    }),
  )
  .meta({
    id: 'Result',
    description: 'A step, the attempt that speaks for it, and where everything is that it left behind.',
  });

export const decodeResult = (value: unknown): Result<ResultView, string> => decodeWith(WireResult, value);
