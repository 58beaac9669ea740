import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import type { ClientRun } from '../../../contract/client/client-run.ts';
import type { ClientStep } from '../../../contract/client/client-step.ts';
import { viewOf } from '../../../contract/client/document.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { getRun, listRunGates, listRunSteps } from '../../../contract/client/run-routes.ts';
import {
  listStepAttempts,
  listStepValidations,
  openStepDiff,
  type ValidationsByAttempt,
} from '../../../contract/client/step-routes.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { describeUsage } from '../describe-usage.ts';
import { describeValidations } from '../describe-validations.ts';
import { formatElapsed } from '../format-time.ts';
import { oneLine, printable } from '../terminal.ts';
import type { TreeNode } from '../text-tree.ts';

interface StepFacts {
  readonly step: ClientStep;
  readonly attempts: readonly ClientAttempt[];
  readonly validations: ValidationsByAttempt;
  readonly gates: readonly ClientGate[];
  readonly diff: string;
}

type Read<T> = Promise<Result<T, ClientFailure>>;

/** A run with everything below it, read anew from the record. */
export async function readRunTree(connection: Connection, runId: string): Read<TreeNode> {
  const run = await viewOf(getRun(connection, runId));
  const steps = await viewOf(listRunSteps(connection, runId));
  const gates = await viewOf(listRunGates(connection, runId));
  if (!run.ok) return run;
  if (!steps.ok) return steps;
  if (!gates.ok) return gates;
  const children: TreeNode[] = [];
  for (const step of steps.value) {
    const own = gates.value.filter(({ stepId }) => stepId === step.id);
    const facts = await readStep(connection, { step, gates: own });
    if (!facts.ok) return facts;
    children.push(stepNode(facts.value));
  }
  return ok({ text: runText(run.value), children });
}

async function readStep(connection: Connection, { step, gates }: Pick<StepFacts, 'step' | 'gates'>): Read<StepFacts> {
  const attempts = await viewOf(listStepAttempts(connection, step.id));
  if (!attempts.ok) return attempts;
  const validations = await viewOf(listStepValidations(connection, step.id));
  if (!validations.ok) return validations;
  const diff = await openStepDiff(connection, step.id);
  if (!diff.ok) return diff;
  const text = diff.value.status === 204 ? '' : await diff.value.text();
  return ok({ step, gates, attempts: attempts.value, validations: validations.value, diff: text });
}

const runText = (run: ClientRun): string => `run ${run.id}  ${run.state}  ${elapsed(run.createdAtMs, run.updatedAtMs)}`;

const stepNode = ({ step, attempts, validations, gates, diff }: StepFacts): TreeNode => ({
  text: `step ${step.id}  ${step.state}  ${elapsed(step.createdAtMs, step.updatedAtMs)}  ${oneLine(step.title)}`,
  children: [
    ...attempts.map((attempt) => attemptNode(attempt, validations)),
    ...gates.map(gateNode),
    ...(diff === '' ? [] : [{ text: 'diff', lines: diffLines(diff) }]),
  ],
});

const attemptNode = (attempt: ClientAttempt, validations: ValidationsByAttempt): TreeNode => ({
  text: [
    `attempt ${attempt.number}`,
    attempt.state,
    elapsed(attempt.startedAtMs, attempt.endedAtMs),
    attempt.failureClass,
  ]
    .filter((part) => part !== '')
    .join('  '),
  children: [
    ...(attempt.failureClass === '' || attempt.summary === '' ? [] : [{ text: oneLine(attempt.summary) }]),
    ...describeValidations(validations.get(attempt.id) ?? []).map((line) => ({ text: line.trim() })),
    ...(attempt.filesChanged.length === 0 ? [] : [{ text: `changed: ${oneLine(attempt.filesChanged.join(', '))}` }]),
    ...usedLines(attempt),
    ...(attempt.salvage?.refs ?? []).map(({ name, commit }) => ({ text: `saved: ${name} (${commit.slice(0, 12)})` })),
  ],
});

const usedLines = ({ usage }: ClientAttempt): readonly TreeNode[] => {
  const used = describeUsage(usage);
  return used === '' ? [] : [{ text: `used: ${used}` }];
};

const gateNode = (gate: ClientGate): TreeNode => ({
  text: `gate ${gate.state}  ${elapsed(gate.createdAtMs, gate.resolvedAtMs)}  ${oneLine(gate.description)}`,
  children: gate.decidedBy === '' ? [] : [{ text: `by ${gate.decidedBy}: ${oneLine(gate.reason)}` }],
});

/** The lines that changed, under the names of their files. */
const diffLines = (diff: string): readonly string[] =>
  printable(diff)
    .split('\n')
    .filter((line) => /^[+-](?!-- )/.test(line))
    .map((line) => (line.startsWith('+++ ') ? line.slice('+++ b/'.length) : `  ${line}`));

const elapsed = (fromMs: number | null, toMs: number | null): string =>
  fromMs === null || toMs === null ? '' : formatElapsed(toMs - fromMs);
