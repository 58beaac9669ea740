import { type EndedAttemptState } from '../../../contract/attempt-state.ts';
import { artifactIdOf, gateIdOf } from '../../../contract/ids.ts';
import type { ArtifactRecord, AttemptRecord, GateRecord, StepRecord } from '../../../contract/records.ts';
import { type AttemptFacts, type Conclusion, concludeAttempt } from '../domain/conclude-attempt.ts';
import { subjectText } from '../domain/digest-subject.ts';
import { checkPathRules, violationSentences } from '../domain/path-rules.ts';
import { nextAttempt, type RetryDraw } from '../domain/retry-delay.ts';
import { placeOf, readHeld } from './attempt-work.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { recordAttempt, recordGateOpened, recordRunFollows, recordStepMove } from './ledger.ts';
import type { HarvestedFile } from './ports.ts';
import type { WorkedAttempt } from './run-attempt.ts';
import type { StartedAttempt } from './start-attempt.ts';
import { appendValidationEnded } from './validate-attempt.ts';

/**
 * Judges an attempt and records everything about its end in one transaction: evidence, validations, outcome, gate or
 * retry, the step and its run. The value is the attempt as recorded; `keptWorktree` says whether its worktree stays.
 */
export async function settleAttempt(
  context: ServiceContext,
  started: Pick<StartedAttempt, 'step' | 'fence'> & { readonly attempt: Pick<AttemptRecord, 'id'> },
  worked: WorkedAttempt,
): Promise<AttemptRecord & { readonly keptWorktree: string | null }> {
  const present = context.store.attempts.get(started.attempt.id);
  if (present === null) throw new Error(`attempt ${started.attempt.id} has no row`);
  const harvest = await context.evidence.harvest(present);
  const problems = harvest.ok ? [] : [harvest.error.sentence];
  const evidenceProblems = [...worked.evidenceProblems, ...problems];
  const facts = await gatherFacts(context, started.step, { ...worked, evidenceProblems });
  const conclusion = concludeAttempt(facts);
  const files = harvest.ok ? harvest.value : [];
  const attempt = context.store.transaction(() =>
    store(context, { held: { attemptId: started.attempt.id, fence: started.fence }, worked, facts, conclusion, files }),
  );
  return { ...attempt, keptWorktree: attempt.salvage?.keptWorktree ?? null };
}

async function gatherFacts(context: ServiceContext, step: StepRecord, worked: WorkedAttempt): Promise<AttemptFacts> {
  const { end, collection, validations, notes } = worked;
  const questions = worked.facts.questions ?? [];
  const filesChanged = collection?.work.filesChanged ?? [];
  const policy = await context.policies.evaluate(step.spec.policyBundle, {
    changedFiles: context.settings.forceGate ? [...filesChanged, 'migrations/fake.sql'] : filesChanged,
    questions,
  });
  const unreadable = policy.ok ? [] : [`the policy could not be evaluated: ${policy.error.message}`];
  return {
    execution: end,
    questions,
    expectsChanges: step.spec.expectsChanges,
    filesChanged,
    pathViolations: brokenPathRules(step, collection?.work.touchedPaths ?? []),
    validations,
    policy: policy.ok ? policy.value : { decision: 'pass', reasons: [] },
    evidenceProblems: [...worked.evidenceProblems, ...unreadable],
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
  for (const file of files) context.store.artifacts.insert(artifactOf(context, { attempt, file }));
  const known = new Set(context.store.validations.listOfAttempt(attempt.id).map((row) => row.ordinal));
  for (const row of worked.validations) {
    if (known.has(row.ordinal)) context.store.validations.save(row);
    else context.store.validations.insert(row);
  }
  const last = worked.validations.at(-1);
  if (last !== undefined && last.state !== 'not_run') appendValidationEnded(context, { place: placeOf(attempt) }, last);
}

function artifactOf(
  context: ServiceContext,
  { attempt, file }: { readonly attempt: AttemptRecord; readonly file: HarvestedFile },
): ArtifactRecord {
  const id = artifactIdOf(attempt.id, file.name);
  return { ...file, id, attemptId: attempt.id, stepId: attempt.stepId, createdAtMs: context.clock() };
}

type Moving = Ending & { readonly attempt: AttemptRecord; readonly step: StepRecord };

function moveStepOn(context: ServiceContext, moving: Moving): void {
  const { conclusion, step } = moving;
  const retry = drawRetry(context, moving);
  if (retry !== null) return retryStep(context, { ...moving, retry });
  const { verdict } = conclusion;
  switch (verdict.kind) {
    case 'gate':
      recordGateOpened(context, policyGate(context, { ...moving, reasons: verdict.reasons }));
      return move(context, step, { to: 'needs_approval', reason: `Policy enforced gate: ${verdict.reasons.join(', ')}` });
    case 'attention':
      return move(context, step, { to: 'needs_manual_attention', reason: verdict.reason });
    case 'end':
      return move(context, step, { to: verdict.state, reason: verdict.reason });
  }
}

function move(
  context: ServiceContext,
  step: StepRecord,
  { to, reason }: { readonly to: EndedAttemptState | 'needs_approval' | 'needs_manual_attention'; readonly reason: string },
): void {
  recordStepMove(context, step, { by: 'machine', to, actor: 'daemon', reason });
}

/** Whether the declared rule grants another attempt. Nobody retries what somebody asked to end. */
function drawRetry(context: ServiceContext, { conclusion, step, attempt }: Moving): RetryDraw | null {
  const { failureClass } = conclusion;
  if (failureClass === null || failureClass === 'cancelled' || attempt.cancelRequest !== null) return null;
  if (context.store.runs.get(step.runId)?.abortRequest !== null) return null;
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
    tree: worked.collection?.work.treeCommit ?? null,
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
