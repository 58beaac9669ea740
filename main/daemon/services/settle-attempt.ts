import { artifactIdOf, gateIdOf } from '../../../contract/ids.ts';
import type { ArtifactRecord, AttemptRecord, GateRecord, StepRecord } from '../../../contract/records.ts';
import { assertNever } from '../../../contract/result.ts';
import type { StepState } from '../../../contract/step-state.ts';
import { type AttemptFacts, type Conclusion, concludeAttempt, type StepVerdict } from '../domain/conclude-attempt.ts';
import { subjectText } from '../domain/digest-subject.ts';
import { checkPathRules, violationSentences } from '../domain/path-rules.ts';
import { nextAttempt, type RetryDraw } from '../domain/retry-delay.ts';
import { placeOf, readHeld, recipeVariables } from './attempt-work.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { recordAttempt, recordGateOpened, recordRunFollows, recordStepMove } from './ledger.ts';
import { persist } from './persist.ts';
import type { HarvestedFile } from './ports.ts';
import type { StartedAttempt } from './start-attempt.ts';
import { recordValidation } from './validate-attempt.ts';
import type { WorkedAttempt } from './worked-attempt.ts';

/**
 * Judges an attempt and records everything about its end in one transaction: evidence, validations, outcome, gate or
 * retry, the step and its run. The value is the attempt as recorded. Throws `LeaseLost` when somebody else holds it by now.
 */
export async function settleAttempt(
  context: ServiceContext,
  started: Pick<StartedAttempt, 'step' | 'fence'> & { readonly attempt: Pick<AttemptRecord, 'id'> },
  worked: WorkedAttempt,
): Promise<AttemptRecord> {
  const present = context.store.attempts.get(started.attempt.id);
  if (present === null) throw new Error(`attempt ${started.attempt.id} has no row`);
  const harvest = await context.evidence.harvest(present, recipeVariables(started.step));
  const problems = harvest.ok ? harvest.value.problems : [harvest.error.sentence];
  const evidenceProblems = [...worked.evidenceProblems, ...problems];
  const skipped = harvest.ok ? harvest.value.skipped : [];
  const facts = gatherFacts(started.step, { ...worked, evidenceProblems, notes: [...worked.notes, ...skipped] });
  const conclusion = concludeAttempt(facts);
  const files = harvest.ok ? harvest.value.files : [];
  const held = { attemptId: started.attempt.id, fence: started.fence };
  return persist(context, () =>
    context.store.transaction(() => store(context, { held, worked, facts, conclusion, files })),
  );
}

function gatherFacts(step: StepRecord, worked: WorkedAttempt): AttemptFacts {
  const { end, collection, validations, notes, evidenceProblems } = worked;
  const questions = worked.facts.questions ?? [];
  const filesChanged = collection?.work.filesChanged ?? [];
  const failedValidations = validations.filter((row) => row.state !== 'passed').map((row) => row.name);
  const verdict = worked.judge?.({ changedFiles: filesChanged, questions, failedValidations });
  return {
    execution: end,
    questions,
    expectsChanges: step.spec.expectsChanges,
    filesChanged,
    pathViolations: brokenPathRules(step, collection?.work.touchedPaths ?? []),
    validations,
    policy: verdict ?? { decision: 'pass', reasons: [] },
    evidenceProblems,
    warnings: collection?.warnings ?? [],
    notes,
  };
}

const MAX_VIOLATIONS_TOLD = 10;

function brokenPathRules({ spec }: StepRecord, touchedPaths: readonly string[]): readonly string[] {
  const { allowedPaths, forbiddenPaths } = spec;
  return violationSentences(checkPathRules({ touchedPaths, allowedPaths, forbiddenPaths }), MAX_VIOLATIONS_TOLD);
}

interface Ending {
  readonly held: { readonly attemptId: AttemptRecord['id']; readonly fence: number };
  readonly worked: WorkedAttempt;
  readonly facts: AttemptFacts;
  readonly conclusion: Conclusion;
  readonly files: readonly HarvestedFile[];
}

/** The transaction. The order of its events is the order in which things became true. */
function store(context: ServiceContext, ending: Ending): AttemptRecord {
  const { attempt, step } = readHeld(context, ending.held);
  const ended = endedAttempt(context, { ...ending, attempt });
  storeEvidence(context, { ...ending, attempt: ended });
  const saved = recordAttempt(context, ended, 'attempt.ended');
  context.store.leases.remove(ended.id, ending.held.fence);
  moveStepOn(context, { ...ending, attempt: saved, step });
  recordRunFollows(context, step.runId, 'daemon');
  return saved;
}

function endedAttempt(
  context: ServiceContext,
  { attempt, worked, facts, conclusion }: Ending & { readonly attempt: AttemptRecord },
): AttemptRecord {
  return {
    ...attempt,
    ...worked.facts,
    state: conclusion.attemptState,
    failureClass: conclusion.failureClass,
    summary: conclusion.summary,
    warnings: [...conclusion.warnings],
    filesChanged: [...facts.filesChanged],
    provisioning: worked.provisioning ?? attempt.provisioning,
    salvage: worked.collection?.work.record ?? nothingSalvaged(null),
    endedAtMs: context.clock(),
  };
}

function storeEvidence(
  context: ServiceContext,
  { attempt, worked, files }: Ending & { readonly attempt: AttemptRecord },
): void {
  for (const file of files) context.store.artifacts.insert(artifactOf(context, { attempt, worked, file }));
  for (const row of worked.validations) recordValidation(context, placeOf(attempt), row);
}

function artifactOf(
  context: ServiceContext,
  {
    attempt,
    worked,
    file,
  }: { readonly attempt: AttemptRecord; readonly worked: WorkedAttempt; readonly file: HarvestedFile },
): ArtifactRecord {
  const id = artifactIdOf(attempt.id, file.name);
  const containsSecret = file.containsSecret || (attempt.salvage?.containsSecret === true && isPacked(worked, file));
  return { ...file, id, containsSecret, attemptId: attempt.id, stepId: attempt.stepId, createdAtMs: context.clock() };
}

/** Work in a form in which no look at the file shows a secret. */
const isPacked = ({ collection }: WorkedAttempt, { type }: HarvestedFile): boolean =>
  type === 'bundle' || (type === 'diff' && collection?.work.hasBinaryChanges === true);

type Moving = Ending & { readonly attempt: AttemptRecord; readonly step: StepRecord };

function moveStepOn(context: ServiceContext, moving: Moving): void {
  const { conclusion, step } = moving;
  const retry = drawRetry(context, moving);
  if (retry !== null) {
    retryStep(context, { ...moving, retry });
    return;
  }
  const { verdict } = conclusion;
  if (verdict.kind === 'gate') recordGateOpened(context, policyGate(context, { ...moving, reasons: verdict.reasons }));
  recordStepMove(context, step, { by: 'machine', actor: 'daemon', ...placeAfter(verdict) });
}

function placeAfter(verdict: StepVerdict): { readonly to: StepState; readonly reason: string } {
  switch (verdict.kind) {
    case 'gate':
      return { to: 'needs_approval', reason: `Policy enforced gate: ${verdict.reasons.join(', ')}` };
    case 'attention':
      return { to: 'needs_manual_attention', reason: verdict.reason };
    case 'end':
      return { to: verdict.state, reason: verdict.reason };
    default:
      return assertNever(verdict);
  }
}

/**
 * Whether the declared rule grants another attempt. Nobody retries what somebody asked to end. With evidence that is not
 * whole only a rule that says so goes on, whatever else the attempt failed of: a process of it may be alive.
 */
function drawRetry(context: ServiceContext, { conclusion, step, attempt }: Moving): RetryDraw | null {
  if (conclusion.failureClass === null || conclusion.failureClass === 'cancelled') return null;
  if (attempt.cancelRequest !== null || context.store.runs.get(step.runId)?.abortRequest !== null) return null;
  const failureClass = conclusion.verdict.kind === 'attention' ? 'evidence_failed' : conclusion.failureClass;
  const { attemptsUsed, spec } = step;
  const nowMs = context.clock();
  return nextAttempt({ rule: spec.retry, attemptsUsed, failureClass, nowMs, random: context.random() });
}

function retryStep(
  context: ServiceContext,
  { step, attempt, conclusion, retry }: Moving & { readonly retry: RetryDraw },
): void {
  const jitter = retry.jitterSeconds === 0 ? '' : ` (jitter ${retry.jitterSeconds.toFixed(3)} s)`;
  recordStepMove(context, step, {
    by: 'machine',
    to: 'pending',
    actor: 'daemon',
    reason: `attempt ${attempt.number} ended ${attempt.state}: ${conclusion.summary}; the retry rule grants another${jitter}`,
    change: { notBeforeMs: retry.notBeforeMs, enqueuedAtMs: context.clock() },
  });
}

/** A gate is bound to what it asks about: the work of this attempt and the reasons for asking. */
function policyGate(
  context: ServiceContext,
  { attempt, facts, worked, reasons }: Moving & { readonly reasons: readonly string[] },
): GateRecord {
  const subject = {
    attempt: attempt.id,
    base: attempt.baseCommit,
    tree: worked.collection?.work.record.treeCommit ?? null,
    files: facts.filesChanged,
    questions: facts.questions,
    reasons,
  };
  return {
    id: gateIdOf(attempt.id, context.store.gates.countOfAttempt(attempt.id) + 1),
    kind: 'policy',
    subject: 'attempt',
    runId: attempt.runId,
    stepId: attempt.stepId,
    attemptId: attempt.id,
    state: 'pending',
    prompt: `Policy enforced gate: ${reasons.join(', ')}`,
    reasons: [...reasons],
    subjectDigest: context.sha256(subjectText(subject)),
    expiresAtMs: null,
    onExpiry: 'keep',
    createdAtMs: context.clock(),
    decidedAtMs: null,
    decidedBy: null,
    decidedDigest: null,
    reason: '',
  };
}
