import { isAttemptLive } from '../attempt-state.ts';
import type { ArtifactRecord, AttemptRecord, GateRecord, StepRecord, ValidationRecord } from '../records.ts';
import { canMoveStep, isStepSuccess } from '../step-state.ts';
import type { ResultView } from './result.ts';

/** A step, its newest attempt and what belongs to both. */
export interface StepFacts {
  readonly step: StepRecord;
  readonly attempt: AttemptRecord | null;
  readonly validations: readonly ValidationRecord[];
  /** Of that attempt. */
  readonly artifacts: readonly ArtifactRecord[];
  readonly pendingGates: readonly GateRecord[];
}

/** The record as a ResultSpec. The step's state decides; the attempt only tells how it went. */
export function viewResult(facts: StepFacts): ResultView {
  const { step, attempt } = facts;
  return {
    version: step.spec.version,
    runId: step.runId,
    phaseId: step.phaseId,
    stepId: step.id,
    requestedExecutor: step.spec.adapterProfile,
    state: step.state,
    statusReason: step.statusReason,
    validations: facts.validations,
    needsHumanDecision: needsHuman(facts),
    artifacts: artifactPaths(facts.artifacts),
    rawOutputRef: facts.artifacts.find(({ type }) => type === 'stdout')?.path ?? '',
    isRetryable: canMoveStep(step.state, { by: 'retry', to: 'pending' }) && !isStepSuccess(step.state),
    createdAtMs: attempt?.createdAtMs ?? step.createdAtMs,
    updatedAtMs: Math.max(step.updatedAtMs, attempt?.updatedAtMs ?? 0),
    gates: facts.pendingGates.map(({ id }) => id),
    ...(attempt === null ? NO_ATTEMPT : viewAttemptOf(attempt)),
  };
}

type AttemptPart = Pick<
  ResultView,
  | 'attemptId'
  | 'executor'
  | 'attemptState'
  | 'provisioning'
  | 'summary'
  | 'filesChanged'
  | 'warnings'
  | 'questions'
  | 'isSimulation'
  | 'baseCommit'
  | 'exitCode'
  | 'signal'
  | 'failureClass'
  | 'salvage'
  | 'session'
  | 'usage'
>;

const NO_ATTEMPT: AttemptPart = {
  attemptId: null,
  executor: '',
  attemptState: null,
  provisioning: null,
  summary: 'No attempts executed for this step yet.',
  filesChanged: [],
  warnings: [],
  questions: [],
  isSimulation: false,
  baseCommit: null,
  exitCode: null,
  signal: null,
  failureClass: null,
  salvage: null,
  session: null,
  usage: null,
};

const viewAttemptOf = (attempt: AttemptRecord): AttemptPart => ({
  attemptId: attempt.id,
  executor: attempt.executor,
  attemptState: attempt.state,
  provisioning: attempt.provisioning,
  summary: summaryOf(attempt),
  filesChanged: attempt.filesChanged,
  warnings: attempt.warnings,
  questions: attempt.questions,
  isSimulation: attempt.isSimulation,
  baseCommit: attempt.baseCommit,
  exitCode: attempt.exitCode,
  signal: attempt.signal,
  failureClass: attempt.failureClass,
  salvage: attempt.salvage,
  session: attempt.executorSession,
  usage: attempt.usage,
});

const summaryOf = (attempt: AttemptRecord): string =>
  attempt.summary === '' && isAttemptLive(attempt.state)
    ? `Latest attempt ${attempt.id} is still in progress.`
    : attempt.summary;

const needsHuman = ({ step, pendingGates }: StepFacts): boolean =>
  pendingGates.length > 0 || step.state === 'needs_approval' || step.state === 'needs_manual_attention';

/** Every file by its name, and the provenance pair once more under the names that inherited clients look for. */
function artifactPaths(artifacts: readonly ArtifactRecord[]): ReadonlyMap<string, string> {
  const paths = new Map(artifacts.map(({ name, path }) => [name, path]));
  const task = artifacts.find(({ name }) => name === 'normalized-task.json');
  const original = artifacts.find(({ name }) => name.startsWith('original-input.'));
  if (task !== undefined) paths.set('normalized_task_ref', task.path);
  if (original !== undefined) paths.set('original_input_ref', original.path);
  return paths;
}
