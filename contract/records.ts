import { z } from 'zod';

import { AttemptState } from './attempt-state.ts';
import { Invocation } from './executor-profile.ts';
import { FailureClass } from './failure-class.ts';
import { GateKind, GateState, GateSubject } from './gate-state.ts';
import { ArtifactId, AttemptId, GateId, InstanceId, PhaseId, ProjectId, RunId, StepId, TraceId } from './ids.ts';
import { PermissionRequest, PermissionScope } from './permission.ts';
import { RunState } from './run-state.ts';
import { StepState } from './step-state.ts';
import { TaskSpec } from './task-spec.ts';
import { EpochMs } from './time.ts';
import { Usage } from './usage.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const CommitHash = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
export type CommitHash = z.infer<typeof CommitHash>;

export const InstanceRecord = z.strictObject({
  id: InstanceId,
  repoRoot: z.string(),
  createdAtMs: EpochMs,
});
export type InstanceRecord = z.infer<typeof InstanceRecord>;

/** Somebody asked for the end. Kept until it is true, so that a crash in between does not forget it. */
export const StopRequest = z.strictObject({ actor: z.string(), reason: z.string(), atMs: EpochMs });
export type StopRequest = z.infer<typeof StopRequest>;

export const RunRecord = z.strictObject({
  id: RunId,
  projectId: ProjectId,
  conversationId: z.string(),
  plannerId: z.string(),
  executorId: z.string(),
  state: RunState,
  closeWhenIdle: z.boolean(),
  abortRequest: StopRequest.nullable(),
  recoveryNotes: z.string(),
  createdAtMs: EpochMs,
  updatedAtMs: EpochMs,
});
export type RunRecord = z.infer<typeof RunRecord>;

export const PhaseRecord = z.strictObject({
  id: PhaseId,
  runId: RunId,
  name: z.string(),
  seqOrder: z.number().int(),
  createdAtMs: EpochMs,
  updatedAtMs: EpochMs,
});
export type PhaseRecord = z.infer<typeof PhaseRecord>;

/** A step and the task it carries. `spec` is the newest submission; earlier ones stay in their `submission-<n>/` folder. */
export const StepRecord = z.strictObject({
  id: StepId,
  runId: RunId,
  phaseId: PhaseId,
  state: StepState,
  /** Why the step is where it is, for people. Empty when the state says it all. */
  statusReason: z.string(),
  spec: TaskSpec,
  /** The executor that the step runs on, after the default was applied. */
  executor: z.string(),
  submission: z.number().int().positive(),
  /** Whether its failure fails the run. */
  isRequired: z.boolean(),
  priority: z.number().int(),
  enqueuedAtMs: EpochMs,
  notBeforeMs: EpochMs.nullable(),
  /** Attempts that count against `retry.maxAttempts`: those since the last submission or manual retry. */
  attemptsUsed: z.number().int().nonnegative(),
  createdAtMs: EpochMs,
  updatedAtMs: EpochMs,
});
export type StepRecord = z.infer<typeof StepRecord>;

export const Provisioning = z.strictObject({
  success: z.boolean(),
  summary: z.string(),
  log: z.array(z.string()),
  durationMs: z.number().int().nonnegative(),
  environmentFiles: z.array(z.string()),
  symlinks: z.array(z.string()),
  postCreateHook: z.string().optional(),
  hookStatus: z.enum(['success', 'failed']).optional(),
});
export type Provisioning = z.infer<typeof Provisioning>;

/** Where the work of an attempt is kept. `kept`: the worktree is still on disk because something could not be saved. */
export const SalvageRecord = z.strictObject({
  /** The agent's own commits with its tracked and untracked files on top: what is judged. Null: nothing changed. */
  treeCommit: CommitHash.nullable().default(null),
  /** Ignored files, above the other. */
  ignoredCommit: CommitHash.nullable().default(null),
  refs: z.array(
    z.strictObject({ name: z.string(), commit: CommitHash, holds: z.enum(['work', 'lost-commits']).default('work') }),
  ),
  /** A nested repository each: its folder, the artifact, and the file on this machine. */
  bundles: z.array(
    z.strictObject({
      path: z.string(),
      artifact: z.string(),
      file: z.string().default(''),
      shallowFile: z.string().nullable().default(null),
      /** The commit with its uncommitted work; null: it had no work beyond its commits, or no commit at all. */
      start: z.string().nullable().default(null),
    }),
  ),
  /** Further worktrees of the repository inside this one: the commit that holds the files of each. */
  innerWorktrees: z.array(z.strictObject({ path: z.string(), commit: CommitHash })).default([]),
  cachesListed: z.array(z.strictObject({ path: z.string(), bytes: z.number().int().nonnegative() })),
  notSaved: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
  keptWorktree: z.string().nullable(),
  containsSecret: z.boolean(),
});
export type SalvageRecord = z.infer<typeof SalvageRecord>;

export const AttemptRecord = z.strictObject({
  id: AttemptId,
  stepId: StepId,
  runId: RunId,
  number: z.number().int().positive(),
  lane: z.number().int().nonnegative(),
  submission: z.number().int().positive(),
  executor: z.string(),
  state: AttemptState,
  failureClass: FailureClass.nullable(),
  summary: z.string(),
  questions: z.array(z.string()),
  warnings: z.array(z.string()),
  filesChanged: z.array(z.string()),
  isSimulation: z.boolean(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  traceId: TraceId,
  mark: z.string(),
  worktreePath: z.string(),
  baseCommit: CommitHash.nullable(),
  pid: z.number().int().nullable(),
  pidStartTicks: z.string().nullable(),
  executorSession: z.string().nullable(),
  /** Null: no program was started, or it is not an agent's. */
  invocation: Invocation.nullable(),
  /** Null: the executor does not tell. */
  usage: Usage.nullable(),
  provisioning: Provisioning.nullable(),
  salvage: SalvageRecord.nullable(),
  cancelRequest: StopRequest.nullable(),
  createdAtMs: EpochMs,
  startedAtMs: EpochMs.nullable(),
  endedAtMs: EpochMs.nullable(),
  updatedAtMs: EpochMs,
});
export type AttemptRecord = z.infer<typeof AttemptRecord>;

/** The right to move one attempt. A writer with an older fence has lost it. */
export const LeaseRecord = z.strictObject({
  attemptId: AttemptId,
  owner: z.string(),
  fence: z.number().int().positive(),
  ttlSeconds: z.number().int().min(10).max(3600),
  heartbeatAtMs: EpochMs,
  expiresAtMs: EpochMs,
});
export type LeaseRecord = z.infer<typeof LeaseRecord>;

export const ArtifactType = z.enum([
  'stdout',
  'stderr',
  'result_json',
  'input_json',
  'diff',
  'changed_files',
  'validations',
  'bundle',
  'file',
]);
export type ArtifactType = z.infer<typeof ArtifactType>;

export const ArtifactRecord = z.strictObject({
  id: ArtifactId,
  attemptId: AttemptId,
  stepId: StepId,
  type: ArtifactType,
  name: z.string(),
  /** Absolute path on this machine. */
  path: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  sha256: Sha256,
  mediaType: z.string(),
  containsSecret: z.boolean(),
  createdAtMs: EpochMs,
});
export type ArtifactRecord = z.infer<typeof ArtifactRecord>;

export const ValidationState = z.enum(['not_run', 'running', 'passed', 'failed', 'errored']);
export type ValidationState = z.infer<typeof ValidationState>;

export const ValidationRecord = z.strictObject({
  attemptId: AttemptId,
  ordinal: z.number().int().nonnegative(),
  name: z.string(),
  command: z.string(),
  required: z.boolean(),
  state: ValidationState,
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  stdoutRef: z.string().nullable(),
  stderrRef: z.string().nullable(),
  error: z.string(),
  durationMs: z.number().int().nonnegative(),
  startedAtMs: EpochMs.nullable(),
  updatedAtMs: EpochMs,
});
export type ValidationRecord = z.infer<typeof ValidationRecord>;

export const GateRecord = z.strictObject({
  id: GateId,
  kind: GateKind,
  subject: GateSubject,
  runId: RunId.nullable(),
  stepId: StepId.nullable(),
  attemptId: AttemptId.nullable(),
  state: GateState,
  /** What is asked, for people. */
  prompt: z.string(),
  reasons: z.array(z.string()),
  /** SHA-256 of what is approved: a decision that names another digest is about something else. */
  subjectDigest: Sha256,
  expiresAtMs: EpochMs.nullable(),
  onExpiry: z.enum(['reject', 'keep']),
  createdAtMs: EpochMs,
  decidedAtMs: EpochMs.nullable(),
  decidedBy: z.string().nullable(),
  /** Whether the decision named the digest, or counted for whatever the subject was at that moment. */
  decidedDigest: z.enum(['named', 'present']).nullable(),
  reason: z.string(),
  /** What an agent asks to be allowed. Only permissions have one. */
  request: PermissionRequest.nullable(),
  /** How far an allowance reached. Null: nothing was allowed, or it is no permission. */
  scope: PermissionScope.nullable(),
});
export type GateRecord = z.infer<typeof GateRecord>;
