import { type Refusal, refusal } from '../../../contract/errors.ts';
import { defaultPhaseId, type PhaseId, type RunId } from '../../../contract/ids.ts';
import type { PhaseRecord, RunRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalRun } from '../../../contract/run-state.ts';
import { isTerminalStep } from '../../../contract/step-state.ts';
import type { TaskSpec } from '../../../contract/task-spec.ts';
import { chooseExecutor } from '../domain/choose-executor.ts';
import { moveStep } from '../domain/move-step.ts';
import { pathPatternProblems } from '../domain/path-rules.ts';
import type { ServiceContext } from './context.ts';
import { recordRunFollows } from './ledger.ts';
import type { OriginalInput } from './ports.ts';

export interface SubmitStepInput {
  readonly runId: RunId;
  readonly spec: TaskSpec;
  readonly originalInput: OriginalInput | null;
  readonly actor: string;
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
  const planned = planStep(context, { ...input, executor: checked.value });
  if (!planned.ok) return planned;
  const written = await context.evidence.writeSubmission(planned.value, input.originalInput);
  if (!written.ok) return err(refusal(written.error.code ?? 'internal', written.error.sentence));
  const stored = storeStep(context, { input, step: planned.value });
  if (stored.ok) context.wakeDispatcher();
  return stored;
}

/** Whether the task can be worked on here and now. The value is the executor's name. */
async function checkTask(context: ServiceContext, input: SubmitStepInput): Promise<Result<string, Refusal>> {
  const { spec, runId } = input;
  const run = openRun(context, runId);
  if (!run.ok) return run;
  if (spec.runId !== undefined && spec.runId !== runId) {
    return err(refusal('run_mismatch', `task run_id "${spec.runId}" does not match submit run ID "${runId}"`));
  }
  const executor = chooseExecutor(spec, {
    defaultExecutor: context.settings.defaultExecutor,
    isSimulated: context.settings.isSimulated,
    isAvailable: (name) => context.executors.find(name, 'real') !== null,
  });
  if (!executor.ok) return executor;
  const [badPattern] = pathPatternProblems([...spec.allowedPaths, ...spec.forbiddenPaths]);
  if (badPattern !== undefined) return err(refusal('invalid_input', badPattern));
  const policy = await context.policies.pin(spec.policyBundle);
  if (!policy.ok) return policy;
  const base = await context.workspaces.resolveBase(spec.baseRef ?? null);
  return base.ok ? ok(executor.value.name) : base;
}

interface Plan extends SubmitStepInput {
  readonly executor: string;
}

function planStep(context: ServiceContext, plan: Plan): Result<StepRecord, Refusal> {
  const run = openRun(context, plan.runId);
  if (!run.ok) return run;
  const stepId = plan.spec.stepId ?? context.ids.step();
  const earlier = plan.spec.stepId === undefined ? null : context.store.steps.get(stepId);
  if (earlier === null) return ok(newStep(context, { ...plan, stepId }));
  return resubmit(context, { ...plan, earlier });
}

function openRun(context: ServiceContext, runId: RunId): Result<RunRecord, Refusal> {
  const run = context.store.runs.get(runId);
  if (run === null) return err(refusal('run_not_found', `run ${runId} not found: start it first`));
  if (isTerminalRun(run.state) || run.abortRequest !== null) {
    const state = run.abortRequest === null ? run.state : 'being aborted';
    return err(refusal('run_closed', `run ${runId} is ${state} and takes no more steps: start another run`));
  }
  return ok(run);
}

const phaseOf = (plan: Plan): PhaseId => plan.spec.phaseId ?? defaultPhaseId(plan.runId);

function newStep(context: ServiceContext, plan: Plan & { readonly stepId: StepRecord['id'] }): StepRecord {
  const atMs = context.clock();
  return {
    id: plan.stepId,
    runId: plan.runId,
    phaseId: phaseOf(plan),
    state: 'pending',
    statusReason: '',
    submission: 1,
    createdAtMs: atMs,
    ...specFields(plan, atMs),
  };
}

/** Everything of a step that a submission decides. */
function specFields({ spec, executor }: Plan, atMs: number) {
  return {
    spec,
    executor,
    isRequired: spec.isRequired,
    priority: spec.priority,
    enqueuedAtMs: atMs,
    notBeforeMs: spec.notBeforeMs ?? null,
    attemptsUsed: 0,
    updatedAtMs: atMs,
  };
}

/** The same id again means: try this step anew, with the task as it is now. */
function resubmit(context: ServiceContext, plan: Plan & { readonly earlier: StepRecord }): Result<StepRecord, Refusal> {
  const { earlier } = plan;
  if (earlier.runId !== plan.runId) {
    return err(refusal('run_mismatch', `step ${earlier.id} belongs to run ${earlier.runId}: choose another step_id`));
  }
  if (!isTerminalStep(earlier.state) && earlier.state !== 'needs_manual_attention') {
    const sentence = `step ${earlier.id} is ${earlier.state}: wait for it, cancel it, or submit without step_id`;
    return err(refusal('step_in_flight', sentence));
  }
  const atMs = context.clock();
  const reopened = moveStep(earlier, { by: 'retry', to: 'pending' }, { reason: '', atMs });
  return ok({ ...reopened, submission: earlier.submission + 1, ...specFields(plan, atMs) });
}

/** The one transaction. What was checked before is checked again: another request may have been faster. */
function storeStep(
  context: ServiceContext,
  { input, step }: { readonly input: SubmitStepInput; readonly step: StepRecord },
): Result<StepRecord, Refusal> {
  const { store } = context;
  return store.transaction(() => {
    const run = openRun(context, step.runId);
    if (!run.ok) return run;
    const present = store.steps.get(step.id);
    if ((present?.submission ?? 0) !== step.submission - 1) {
      return err(refusal('step_in_flight', `step ${step.id} was submitted by somebody else at the same moment`));
    }
    const phase = ensurePhase(context, step);
    if (!phase.ok) return phase;
    if (present === null) store.steps.insert(step);
    else store.steps.save(step);
    appendSubmitted(context, { step, actor: input.actor });
    recordRunFollows(context, step.runId, input.actor);
    return ok(step);
  });
}

function appendSubmitted(
  context: ServiceContext,
  { step, actor }: { readonly step: StepRecord; readonly actor: string },
) {
  context.store.events.append({
    type: 'step.submitted',
    actor,
    runId: step.runId,
    stepId: step.id,
    payload: { submission: step.submission, executor: step.executor, title: step.spec.title, priority: step.priority },
  });
}

/** A phase that nobody declared is made: it is a plain grouping. */
function ensurePhase(context: ServiceContext, step: StepRecord): Result<PhaseRecord, Refusal> {
  const present = context.store.phases.get(step.phaseId);
  if (present !== null) {
    if (present.runId === step.runId) return ok(present);
    return err(refusal('run_mismatch', `phase ${step.phaseId} belongs to run ${present.runId}`));
  }
  const phase: PhaseRecord = {
    id: step.phaseId,
    runId: step.runId,
    name: 'Tactical Phase',
    seqOrder: 99,
    createdAtMs: step.updatedAtMs,
    updatedAtMs: step.updatedAtMs,
  };
  context.store.phases.insert(phase);
  return ok(phase);
}
