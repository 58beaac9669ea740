import { TraceId } from '../../contract/ids.ts';
import {
  ArtifactRecord,
  AttemptRecord,
  GateRecord,
  PhaseRecord,
  RunRecord,
  StepRecord,
  ValidationRecord,
} from '../../contract/records.ts';
import { newAttempt } from '../../main/daemon/domain/new-attempt.ts';

/** Records with plain values, each changeable field by field. */
export const AT_MS = 1_795_156_728_279;
const times = { createdAtMs: AT_MS, updatedAtMs: AT_MS + 1 };

type Fields<T> = { readonly [Key in keyof T]?: unknown };

export const run = (fields: Fields<RunRecord>): RunRecord =>
  RunRecord.parse({
    id: 'http1',
    projectId: 'default-project',
    conversationId: '',
    plannerId: '',
    executorId: '',
    state: 'running',
    closeWhenIdle: false,
    abortRequest: null,
    recoveryNotes: '',
    ...times,
    ...fields,
  });

export const phase = (fields: Fields<PhaseRecord>): PhaseRecord =>
  PhaseRecord.parse({
    id: 'phase-execution-http1',
    runId: 'http1',
    name: 'Execution',
    seqOrder: 1,
    ...times,
    ...fields,
  });

export const step = (input: { readonly spec?: object; readonly record?: Fields<StepRecord> }): StepRecord =>
  StepRecord.parse({
    id: 's-min',
    runId: 'http1',
    phaseId: 'phase-execution-http1',
    state: 'running',
    statusReason: '',
    spec: input.spec ?? {},
    executor: 'codex',
    isRequired: true,
    submission: 1,
    priority: 0,
    enqueuedAtMs: AT_MS,
    notBeforeMs: null,
    attemptsUsed: 0,
    ...times,
    ...input.record,
  });

export const attempt = (fields: Fields<AttemptRecord>): AttemptRecord =>
  AttemptRecord.parse({
    ...newAttempt(step({}), 1, {
      isSimulation: false,
      traceId: TraceId.parse('t1'),
      mark: 'm1',
      worktreePath: '/w',
      baseCommit: null,
      createdAtMs: AT_MS,
    }),
    state: 'running',
    ...times,
    ...fields,
  });

export const artifact = (fields: Fields<ArtifactRecord> & { readonly name: string }): ArtifactRecord =>
  ArtifactRecord.parse({
    id: `art-s-min-a1-${fields.name}`,
    attemptId: 's-min-a1',
    stepId: 's-min',
    type: 'file',
    path: `/r/${fields.name}`,
    sizeBytes: 1,
    sha256: 'a'.repeat(64),
    mediaType: 'text/plain; charset=utf-8',
    containsSecret: false,
    createdAtMs: AT_MS,
    ...fields,
  });

export const validation = (fields: Fields<ValidationRecord>): ValidationRecord =>
  ValidationRecord.parse({
    attemptId: 's-min-a1',
    ordinal: 0,
    name: 'lint',
    command: 'true',
    required: true,
    state: 'passed',
    exitCode: 0,
    signal: null,
    stdoutRef: null,
    stderrRef: null,
    error: '',
    durationMs: 0,
    startedAtMs: null,
    updatedAtMs: AT_MS + 1,
    ...fields,
  });

export const gate = (fields: Fields<GateRecord>): GateRecord =>
  GateRecord.parse({
    id: 'gate-s-min-a1',
    kind: 'policy',
    subject: 'attempt',
    runId: 'http1',
    stepId: 's-min',
    attemptId: 's-min-a1',
    state: 'pending',
    prompt: 'Changed files exceeded threshold',
    reasons: ['Changed files exceeded threshold'],
    subjectDigest: 'b'.repeat(64),
    expiresAtMs: null,
    onExpiry: 'keep',
    createdAtMs: AT_MS,
    decidedAtMs: null,
    decidedBy: null,
    decidedDigest: null,
    reason: '',
    request: null,
    scope: null,
    ...fields,
  });
