import type { EndedAttemptState } from '../../../contract/attempt-state.ts';
import { FAILURE_CLASSES, type FailureClass } from '../../../contract/failure-class.ts';
import type { ValidationRecord } from '../../../contract/records.ts';
import type { TaskSpec } from '../../../contract/task-spec.ts';

/** How the executor's part of an attempt ended, before anybody looked at what it made. */
export type ExecutionEnd =
  | { readonly end: 'completed'; readonly summary: string }
  | { readonly end: 'failed'; readonly failureClass: FailureClass; readonly summary: string };

/** Everything that decides what one attempt came to. */
export interface AttemptFacts {
  readonly execution: ExecutionEnd;
  readonly questions: readonly string[];
  readonly expectsChanges: TaskSpec['expectsChanges'];
  readonly filesChanged: readonly string[];
  readonly pathViolations: readonly string[];
  readonly validations: readonly ValidationRecord[];
  readonly policy: { readonly decision: 'pass' | 'gate' | 'fail'; readonly reasons: readonly string[] };
  /** What could not be established or kept: with any of these nobody can say that the attempt is complete. */
  readonly evidenceProblems: readonly string[];
  /** What is true and lessens the result, without making it wrong. */
  readonly warnings: readonly string[];
  /** What is worth knowing and lessens nothing. */
  readonly notes: readonly string[];
}

export type StepVerdict =
  | { readonly kind: 'end'; readonly state: EndedAttemptState; readonly reason: string }
  | { readonly kind: 'gate'; readonly approvedState: EndedAttemptState; readonly reasons: readonly string[] }
  | { readonly kind: 'attention'; readonly reason: string };

export interface Conclusion {
  readonly attemptState: EndedAttemptState;
  readonly failureClass: FailureClass | null;
  readonly summary: string;
  readonly warnings: readonly string[];
  readonly verdict: StepVerdict;
}

/** What an attempt came to. The order is the order of ARCHITECTURE §5: execution, evidence, path rules, validations, policy. */
export function concludeAttempt(facts: AttemptFacts): Conclusion {
  const failure = findFailure(facts);
  if (failure !== null) return concludeFailure(facts, failure);
  const warnings = [...facts.warnings, ...findWarnings(facts)];
  const attemptState = warnings.length > 0 ? 'completed_with_warnings' : 'completed';
  const base = {
    attemptState,
    failureClass: null,
    summary: completionSummary(facts),
    warnings: [...warnings, ...facts.notes],
  } as const;
  if (facts.policy.decision === 'gate') {
    return { ...base, verdict: { kind: 'gate', approvedState: attemptState, reasons: facts.policy.reasons } };
  }
  return { ...base, verdict: { kind: 'end', state: attemptState, reason: base.summary } };
}

type FailureSource = 'execution' | 'evidence' | 'paths' | 'validations' | 'policy';

interface Failure {
  readonly source: FailureSource;
  readonly failureClass: FailureClass;
  readonly summary: string;
}

function findFailure(facts: AttemptFacts): Failure | null {
  const { execution, evidenceProblems, pathViolations, validations, policy } = facts;
  if (execution.end === 'failed') {
    return { source: 'execution', failureClass: execution.failureClass, summary: execution.summary };
  }
  if (evidenceProblems.length > 0) {
    return { source: 'evidence', failureClass: 'evidence_failed', summary: evidenceProblems.join('; ') };
  }
  if (pathViolations.length > 0) {
    return { source: 'paths', failureClass: 'policy', summary: pathViolations.join('; ') };
  }
  if (validations.some((row) => row.required && row.state !== 'passed')) {
    return { source: 'validations', failureClass: 'validation_failed', summary: validationSummary(validations) };
  }
  if (policy.decision !== 'fail') return null;
  return { source: 'policy', failureClass: 'policy', summary: `Policy enforced failure: ${policy.reasons.join(', ')}` };
}

/**
 * A failure ends the attempt in a state of its own. Whatever it was: with evidence that is not whole nobody can say what
 * is left of it, and its step needs a person.
 */
function concludeFailure(facts: AttemptFacts, { source, failureClass, summary }: Failure): Conclusion {
  const state = FAILURE_CLASSES[failureClass].endsAs;
  const problems = source === 'execution' ? facts.evidenceProblems : [];
  const violations = source === 'execution' || source === 'evidence' ? facts.pathViolations : [];
  const isUnestablished = failureClass === 'evidence_failed' || problems.length > 0;
  return {
    attemptState: state,
    failureClass,
    summary,
    warnings: [...problems, ...violations, ...facts.warnings, ...facts.notes],
    verdict: isUnestablished
      ? { kind: 'attention', reason: failureClass === 'evidence_failed' ? summary : [summary, ...problems].join('; ') }
      : { kind: 'end', state, reason: summary },
  };
}

function findWarnings(facts: AttemptFacts): string[] {
  const optional = facts.validations
    .filter((row) => !row.required && row.state !== 'passed')
    .map((row) => `validation "${row.name}" is not required and did not pass`);
  const isEmpty = facts.expectsChanges === 'yes' && facts.filesChanged.length === 0;
  return isEmpty ? [...optional, 'the task expects changes and none were made'] : optional;
}

const passedCount = (rows: readonly ValidationRecord[]): number => rows.filter((row) => row.state === 'passed').length;

const validationSummary = (rows: readonly ValidationRecord[]): string =>
  `Validation failed: ${passedCount(rows)} passed, ${rows.length - passedCount(rows)} failed.`;

function completionSummary(facts: AttemptFacts): string {
  if (facts.validations.length === 0) return facts.execution.summary;
  return `${facts.execution.summary} (Validations: ${passedCount(facts.validations)} passed)`;
}
