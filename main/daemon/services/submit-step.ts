import { type Refusal, refusal } from '../../../contract/errors.ts';
import { defaultPhaseId, type RunId } from '../../../contract/ids.ts';
import type { PhaseRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { canMoveStep } from '../../../contract/step-state.ts';
import type { SubmittedFile } from '../../../contract/submitted-file.ts';
import type { TaskSpec } from '../../../contract/task-spec.ts';
import { chooseExecutor, notAvailable, withRecipeOf } from '../domain/choose-executor.ts';
import { pathPatternProblems } from '../domain/path-rules.ts';
import type { ServiceContext } from './context.ts';
import { recordRunFollows, recordStepMove } from './ledger.ts';
import type { OriginalInput } from './ports/evidence.ts';
import { getOpenRun } from './read-runs.ts';

export interface SubmitStepInput {
  readonly runId: RunId;
  readonly spec: TaskSpec;
  readonly originalInput: OriginalInput | null;
  readonly actor: string;
  /** In the same transaction as the step. */
  readonly alsoStore?: ((step: StepRecord) => void) | undefined;
}

/**
 * Accepts a task. When this resolves, the step, its provenance and the event are on disk: whoever reads it next finds
 * it. Nothing is stored when it is refused.
 */
export async function submitStep(
  context: ServiceContext,
  input: SubmitStepInput,
): Promise<Result<StepRecord, Refusal>> {
  const checked = await checkTask(context, input);
  if (!checked.ok) return checked;
  const stepId = input.spec.stepId ?? context.ids.step();
  if (context.submitting.has(stepId)) return err(submittedTwice(stepId));
  context.submitting.add(stepId);
  try {
    return await writeAndStore(context, { ...input, ...checked.value, stepId });
  } finally {
    context.submitting.delete(stepId);
  }
}

const submittedTwice = (stepId: StepRecord['id']): Refusal =>
  refusal('step_in_flight', `step ${stepId} is being submitted by another request: wait for it, or leave out step_id`);

async function writeAndStore(context: ServiceContext, plan: Plan): Promise<Result<StepRecord, Refusal>> {
  const planned = planStep(context, plan);
  if (!planned.ok) return planned;
  const written = await context.evidence.writeSubmission(planned.value.step, plan.originalInput);
  if (!written.ok) return err(refusal(written.error.code ?? 'internal', written.error.sentence));
  const stored = storeStep(context, { ...plan, files: written.value });
  if (stored.ok) context.wakeDispatcher();
  return stored;
}

/** What was found out about a task that can be worked on here and now. */
interface CheckedTask {
  /** With the recipe of its profile, when it brings none of its own. */
  readonly spec: TaskSpec;
  readonly executor: string;
  /** The document of the policy that will judge it. */
  readonly policy: unknown;
}

async function checkTask(context: ServiceContext, input: SubmitStepInput): Promise<Result<CheckedTask, Refusal>> {
  const { spec, runId } = input;
  const run = getOpenRun(context, { runId });
  if (!run.ok) return run;
  if (spec.runId !== undefined && spec.runId !== runId) {
    return err(refusal('run_mismatch', `task run_id "${spec.runId}" does not match submit run ID "${runId}"`));
  }
  const chosen = await availableExecutor(context, spec);
  if (!chosen.ok) return chosen;
  const [badPattern] = pathPatternProblems([...spec.allowedPaths, ...spec.forbiddenPaths]);
  if (badPattern !== undefined) return err(refusal('invalid_input', badPattern));
  const policy = await context.policies.pin(spec.policyBundle);
  if (!policy.ok) return policy;
  const base = await context.workspaces.resolveBase(spec.baseRef ?? null, { maxAgeMs: 0 });
  return base.ok ? ok({ ...chosen.value, policy: policy.value.document }) : base;
}

/** The executor that a task will run on, and what it will run. */
async function availableExecutor(
  context: ServiceContext,
  spec: TaskSpec,
): Promise<Result<Pick<CheckedTask, 'executor' | 'spec'>, Refusal>> {
  const { defaultExecutor, isSimulated } = context.settings;
  const chosen = chooseExecutor(spec, { defaultExecutor, isSimulated, shelf: context.executors.shelf() });
  if (!chosen.ok) return chosen;
  const { executor, isSimulation } = chosen.value;
  const missing = isSimulation ? null : await context.executors.whyUnavailable(executor);
  if (missing !== null) return err(notAvailable(spec, executor, missing));
  return ok({ executor: executor.name, spec: withRecipeOf(executor, spec) });
}

interface Plan extends SubmitStepInput, CheckedTask {
  readonly stepId: StepRecord['id'];
}

/** A plan whose provenance is on disk. */
interface WrittenPlan extends Plan {
  readonly files: readonly SubmittedFile[];
}

interface PlannedStep {
  readonly step: StepRecord;
  /** What the id meant until now; null for a new step. */
  readonly earlier: StepRecord | null;
}

/**
 * What becomes of the step. Asked before anything is written, and again in the transaction: meanwhile somebody may have
 * retried the step or aborted the run.
 */
function planStep(context: ServiceContext, plan: Plan): Result<PlannedStep, Refusal> {
  const run = getOpenRun(context, plan);
  if (!run.ok) return run;
  const earlier = context.store.steps.get(plan.stepId);
  const refused = earlier === null ? null : whyNotAgain(plan, earlier);
  if (refused !== null) return err(refused);
  const step = plannedStep(plan, { earlier, atMs: context.clock() });
  const phase = context.store.phases.get(step.phaseId);
  if (phase === null || phase.runId === plan.runId) return ok({ step, earlier });
  return err(refusal('run_mismatch', `phase ${phase.id} belongs to run ${phase.runId}: choose another phase_id`));
}

/** The same id again means: try this step anew, with the task as it is now. */
function whyNotAgain({ runId }: Plan, earlier: StepRecord): Refusal | null {
  if (earlier.runId !== runId) {
    return refusal('run_mismatch', `step ${earlier.id} belongs to run ${earlier.runId}: choose another step_id`);
  }
  if (canMoveStep(earlier.state, REOPEN)) return null;
  const advice = 'wait for it, cancel it, or leave out step_id';
  return refusal('step_in_flight', `step ${earlier.id} is ${earlier.state}: ${advice}`);
}

const REOPEN = { by: 'retry', to: 'pending' } as const;

function plannedStep(
  { spec, executor, stepId, runId }: Plan,
  { earlier, atMs }: { readonly earlier: StepRecord | null; readonly atMs: number },
): StepRecord {
  return {
    id: stepId,
    runId,
    phaseId: spec.phaseId ?? earlier?.phaseId ?? defaultPhaseId(runId),
    state: 'pending',
    statusReason: '',
    spec,
    executor,
    submission: (earlier?.submission ?? 0) + 1,
    isRequired: spec.isRequired,
    priority: spec.priority,
    enqueuedAtMs: atMs,
    notBeforeMs: spec.notBeforeMs ?? null,
    attemptsUsed: 0,
    createdAtMs: earlier?.createdAtMs ?? atMs,
    updatedAtMs: atMs,
  };
}

/** The one transaction. */
function storeStep(context: ServiceContext, plan: WrittenPlan): Result<StepRecord, Refusal> {
  return context.store.transaction(() => {
    const planned = planStep(context, plan);
    if (!planned.ok) return planned;
    const { step, earlier } = planned.value;
    const { actor, policy, files } = plan;
    ensurePhase(context, step);
    if (earlier === null) context.store.steps.insert(step);
    appendSubmitted(context, { step, actor, policy, files });
    const stored =
      earlier === null ? step : recordStepMove(context, earlier, { ...REOPEN, actor, reason: '', change: step });
    recordRunFollows(context, step.runId, actor);
    plan.alsoStore?.(stored);
    return ok(stored);
  });
}

function appendSubmitted(
  context: ServiceContext,
  { step, actor, policy, files }: Pick<WrittenPlan, 'actor' | 'policy' | 'files'> & { readonly step: StepRecord },
): void {
  const { submission, executor, priority } = step;
  context.store.events.append({
    type: 'step.submitted',
    actor,
    runId: step.runId,
    stepId: step.id,
    payload: { submission, executor, title: step.spec.title, priority, policy, files },
  });
}

/** A phase that nobody declared is made: it is a plain grouping. */
function ensurePhase({ store }: ServiceContext, { phaseId, runId, updatedAtMs }: StepRecord): void {
  if (store.phases.get(phaseId) !== null) return;
  const phase: PhaseRecord = {
    id: phaseId,
    runId,
    name: 'Tactical Phase',
    seqOrder: 99,
    createdAtMs: updatedAtMs,
    updatedAtMs,
  };
  store.phases.insert(phase);
}
