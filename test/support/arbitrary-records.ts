import fc from 'fast-check';

import { ToolKind } from '../../contract/activity.ts';
import { AttemptState } from '../../contract/attempt-state.ts';
import { EventRecord, EventType } from '../../contract/events.ts';
import { Invocation } from '../../contract/executor-profile.ts';
import { FAILURE_CLASSES, type FailureClass } from '../../contract/failure-class.ts';
import { GateKind, GateState, GateSubject } from '../../contract/gate-state.ts';
import { PermissionRequest, PermissionScope } from '../../contract/permission.ts';
import {
  ArtifactRecord,
  ArtifactType,
  AttemptRecord,
  GateRecord,
  PhaseRecord,
  Provisioning,
  RunRecord,
  SalvageRecord,
  StepRecord,
  ValidationRecord,
  ValidationState,
} from '../../contract/records.ts';
import { RunState } from '../../contract/run-state.ts';
import { StepState } from '../../contract/step-state.ts';
import { TaskSpec } from '../../contract/task-spec.ts';
import { Usage } from '../../contract/usage.ts';

/** Records of every shape that the schemas allow, for properties. */
export const idText = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
export const timeMs = fc.integer({ min: 0, max: 253_402_300_799_999 });
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const shortText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const texts = fc.array(text, { maxLength: 3 });
const count = fc.nat({ max: 100_000 });
const ordinal = fc.integer({ min: 1, max: 1000 });
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);
const commit = fc.stringMatching(/^[0-9a-f]{40}$/);
const oneOf = <T extends string>(schema: { readonly options: readonly T[] }) => fc.constantFrom(...schema.options);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const failureNames = Object.keys(FAILURE_CLASSES) as FailureClass[];

const stopRequest = fc.record({ actor: text, reason: text, atMs: timeMs });

export const arbitraryRun = fc
  .record({
    id: idText,
    projectId: idText,
    conversationId: text,
    plannerId: text,
    executorId: text,
    state: oneOf(RunState),
    closeWhenIdle: fc.boolean(),
    abortRequest: orNull(stopRequest),
    recoveryNotes: text,
    createdAtMs: timeMs,
    updatedAtMs: timeMs,
  })
  .map((run) => RunRecord.parse(run));

export const arbitraryPhase = fc
  .record({ id: idText, runId: idText, name: text, seqOrder: fc.integer(), createdAtMs: timeMs, updatedAtMs: timeMs })
  .map((phase) => PhaseRecord.parse(phase));

const command = fc.stringMatching(/^[ -~]*[!-~][ -~]*$/);
const seconds = fc.integer({ min: 1, max: 604_800 });

const simulatedEdit = fc.oneof(
  fc.record({ action: fc.constant('write' as const), path: shortText, content: text }),
  fc.record({ action: fc.constant('delete' as const), path: shortText }),
);

export const arbitraryTaskSpec = fc
  .record({
    version: fc.constant('v1'),
    projectId: optional(idText),
    runId: optional(idText),
    phaseId: optional(idText),
    stepId: optional(idText),
    title: text,
    goal: text,
    contextSummary: text,
    constraints: texts,
    allowedPaths: fc.array(shortText, { maxLength: 2 }),
    forbiddenPaths: fc.array(shortText, { maxLength: 2 }),
    validations: fc.array(
      fc.record({ name: shortText, command, required: fc.boolean(), timeoutSeconds: optional(seconds) }),
      { maxLength: 3 },
    ),
    acceptance: texts,
    stopConditions: texts,
    policyBundle: text,
    adapterProfile: text,
    timeoutSeconds: optional(seconds),
    isSimulation: fc.constantFrom(true, undefined),
    expectsChanges: fc.constantFrom('yes', 'no', 'unknown'),
    recipe: optional(
      fc.record({
        steps: fc.array(
          fc.record({
            run: command,
            cwd: optional(shortText),
            env: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/), command, { maxKeys: 2 }),
            timeoutSeconds: optional(seconds),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
    ),
    simulation: optional(
      fc.record({
        durationMs: count,
        edits: fc.array(simulatedEdit, { maxLength: 2 }),
        exitCode: fc.nat({ max: 255 }),
        outputBytes: count,
        question: optional(shortText),
      }),
    ),
    priority: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    notBeforeMs: optional(timeMs),
    retry: optional(
      fc.record({
        maxAttempts: fc.integer({ min: 1, max: 100 }),
        baseSeconds: count.map((value) => Math.min(value, 86_400) / 4),
        factor: fc.integer({ min: 4, max: 400 }).map((value) => value / 4),
        capSeconds: count,
        jitterSeconds: fc.nat({ max: 3600 }),
        on: fc.subarray(failureNames),
      }),
    ),
    baseRef: optional(shortText),
    isRequired: fc.boolean(),
    provenance: optional(
      fc.record({
        sourceKind: optional(fc.constantFrom('task_file', 'goal', 'stdin', 'http')),
        sourceName: optional(shortText),
        originalFormat: optional(fc.constantFrom('txt', 'json')),
        originalInput: optional(shortText),
        defaultsApplied: optional(fc.array(shortText, { minLength: 1, maxLength: 2 })),
      }),
    ),
  })
  .map((spec) => TaskSpec.parse(spec));

export const arbitraryStep = fc
  .record({
    id: idText,
    runId: idText,
    phaseId: idText,
    state: oneOf(StepState),
    statusReason: text,
    spec: arbitraryTaskSpec,
    executor: text,
    isRequired: fc.boolean(),
    submission: ordinal,
    priority: fc.integer({ min: -100, max: 100 }),
    enqueuedAtMs: timeMs,
    notBeforeMs: orNull(timeMs),
    attemptsUsed: fc.nat({ max: 100 }),
    createdAtMs: timeMs,
    updatedAtMs: timeMs,
  })
  .map((step) => StepRecord.parse(step));

const arbitraryProvisioning = fc
  .record(
    {
      success: fc.boolean(),
      summary: text,
      log: texts,
      durationMs: count,
      environmentFiles: texts,
      symlinks: texts,
      postCreateHook: text,
      hookStatus: fc.constantFrom('success', 'failed'),
    },
    { requiredKeys: ['success', 'summary', 'log', 'durationMs', 'environmentFiles', 'symlinks'] },
  )
  .map((provisioning) => Provisioning.parse(provisioning));

const arbitrarySalvage = fc
  .record({
    refs: fc.array(fc.record({ name: text, commit }), { maxLength: 2 }),
    bundles: fc.array(fc.record({ path: text, artifact: text }), { maxLength: 2 }),
    cachesListed: fc.array(fc.record({ path: text, bytes: count }), { maxLength: 2 }),
    notSaved: fc.array(fc.record({ path: text, reason: text }), { maxLength: 2 }),
    keptWorktree: orNull(text),
    containsSecret: fc.boolean(),
  })
  .map((salvage) => SalvageRecord.parse(salvage));

const arbitraryInvocation = fc
  .record({
    argv: texts,
    program: text,
    version: orNull(text),
    model: orNull(text),
    reportedModel: orNull(text),
    profile: text,
    profileHash: sha256,
  })
  .map((invocation) => Invocation.parse(invocation));

const arbitraryUsage = fc
  .record({
    inputTokens: count,
    cachedInputTokens: count,
    outputTokens: count,
    costUsd: orNull(count.map((value) => value / 1024)),
    basis: fc.constantFrom('reported', 'estimated', 'corrected'),
  })
  .map((usage) => Usage.parse(usage));

export const arbitraryAttempt = fc
  .record({
    id: idText,
    stepId: idText,
    runId: idText,
    number: ordinal,
    lane: fc.nat({ max: 9 }),
    submission: ordinal,
    executor: text,
    state: oneOf(AttemptState),
    failureClass: orNull(fc.constantFrom(...failureNames)),
    summary: text,
    questions: texts,
    warnings: texts,
    filesChanged: texts,
    isSimulation: fc.boolean(),
    exitCode: orNull(fc.integer()),
    signal: orNull(text),
    traceId: idText,
    mark: text,
    worktreePath: text,
    baseCommit: orNull(commit),
    pid: orNull(count),
    pidStartTicks: orNull(text),
    executorSession: orNull(text),
    invocation: orNull(arbitraryInvocation),
    usage: orNull(arbitraryUsage),
    provisioning: orNull(arbitraryProvisioning),
    salvage: orNull(arbitrarySalvage),
    cancelRequest: orNull(stopRequest),
    createdAtMs: timeMs,
    startedAtMs: orNull(timeMs),
    endedAtMs: orNull(timeMs),
    updatedAtMs: timeMs,
  })
  .map((attempt) => AttemptRecord.parse(attempt));

export const arbitraryArtifact = fc
  .record({
    id: idText,
    attemptId: idText,
    stepId: idText,
    type: oneOf(ArtifactType),
    name: text,
    path: text,
    sizeBytes: count,
    sha256,
    mediaType: text,
    containsSecret: fc.boolean(),
    createdAtMs: timeMs,
  })
  .map((artifact) => ArtifactRecord.parse(artifact));

/** Exit codes are what systems report: -1 is none of them. */
export const arbitraryValidation = fc
  .record({
    attemptId: idText,
    ordinal: fc.nat({ max: 100 }),
    name: text,
    command: text,
    required: fc.boolean(),
    state: oneOf(ValidationState),
    exitCode: orNull(fc.nat({ max: 4_294_967_295 })),
    signal: orNull(text),
    stdoutRef: orNull(shortText),
    stderrRef: orNull(shortText),
    error: text,
    durationMs: count,
    startedAtMs: orNull(timeMs),
    updatedAtMs: timeMs,
  })
  .map((validation) => ValidationRecord.parse(validation));

export const arbitraryPermissionRequest = fc
  .record({
    tool: text,
    toolKind: oneOf(ToolKind),
    title: text,
    command: orNull(text),
    cwd: orNull(text),
    paths: texts,
    diff: orNull(text),
    input: text,
    reason: text,
  })
  .map((request) => PermissionRequest.parse(request));

export const arbitraryGate = fc
  .record({
    id: idText,
    kind: oneOf(GateKind),
    subject: oneOf(GateSubject),
    runId: orNull(idText),
    stepId: orNull(idText),
    attemptId: orNull(idText),
    state: oneOf(GateState),
    prompt: text,
    reasons: texts,
    subjectDigest: sha256,
    expiresAtMs: orNull(timeMs),
    onExpiry: fc.constantFrom('reject', 'keep'),
    createdAtMs: timeMs,
    decidedAtMs: orNull(timeMs),
    decidedBy: orNull(text),
    decidedDigest: orNull(fc.constantFrom('named', 'present')),
    reason: text,
    request: orNull(arbitraryPermissionRequest),
    scope: orNull(oneOf(PermissionScope)),
  })
  .map((gate) => GateRecord.parse(gate));

export const arbitraryEvent = fc
  .record({
    seq: ordinal,
    atMs: timeMs,
    type: oneOf(EventType),
    actor: text,
    runId: orNull(idText),
    stepId: orNull(idText),
    attemptId: orNull(idText),
    gateId: orNull(idText),
    payload: fc.dictionary(idText, fc.oneof(text, count, fc.boolean(), texts), { noNullPrototype: true }),
    previousHash: text,
    hash: text,
  })
  .map((event) => EventRecord.parse(event));
