import { artifactIdOf } from '../../../contract/ids.ts';
import type { ArtifactRecord, AttemptRecord, StepRecord } from '../../../contract/records.ts';
import type { HarvestedFile } from '../adapters/files/harvest.ts';
import { type AttemptFacts, type Conclusion, concludeAttempt } from '../domain/conclude-attempt.ts';
import { checkPathRules, violationSentences } from '../domain/path-rules.ts';
import { type Held, placeOf, readHeld, recipeVariables } from './attempt-work.ts';
import { nothingSalvaged } from './collect-attempt.ts';
import type { ServiceContext } from './context.ts';
import { recordAttempt, recordRunFollows } from './ledger.ts';
import { moveStepOn } from './move-step-on.ts';
import { persist } from './persist.ts';
import { readSubmittedFiles } from './read-submission.ts';
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
  const submitted = readSubmittedFiles(context, present);
  const harvest = await context.evidence.harvest(present, recipeVariables(started.step), submitted);
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
  const { end, collection, validations, doubts, notes, evidenceProblems } = worked;
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
    warnings: [...doubts, ...(collection?.warnings ?? [])],
    notes,
  };
}

const MAX_VIOLATIONS_TOLD = 10;

function brokenPathRules({ spec }: StepRecord, touchedPaths: readonly string[]): readonly string[] {
  const { allowedPaths, forbiddenPaths } = spec;
  return violationSentences(checkPathRules({ touchedPaths, allowedPaths, forbiddenPaths }), MAX_VIOLATIONS_TOLD);
}

interface Ending {
  readonly held: Held;
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
