import type { Refusal } from '../../../contract/errors.ts';
import type { GateId, RunId, StepId } from '../../../contract/ids.ts';
import type { RunRecord, StepRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { isTerminalRun } from '../../../contract/run-state.ts';
import { isTerminalStep } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';
import { getRun } from './read-runs.ts';
import { getStep } from './read-steps.ts';

interface WaitEnd {
  readonly terminal: boolean;
  readonly timedOut: boolean;
  /** Pending gates that ended the wait: somebody has to decide before more can happen. */
  readonly gates: readonly GateId[];
}

interface WaitLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface StepWait extends WaitEnd {
  readonly step: StepRecord;
}

export interface RunWait extends WaitEnd {
  readonly run: RunRecord;
}

/** Waits until a step has ended, waits for a person, or time is up. Ending the wait never touches the work. */
export async function waitForStep(
  context: ServiceContext,
  { stepId, ...limits }: WaitLimits & { readonly stepId: StepId },
): Promise<Result<StepWait, Refusal>> {
  const look = () => lookAtStep(context, stepId);
  return waitUntilSettled(look, (wake) => context.watch.onStep(stepId, wake), limits);
}

export async function waitForRun(
  context: ServiceContext,
  { runId, ...limits }: WaitLimits & { readonly runId: RunId },
): Promise<Result<RunWait, Refusal>> {
  const look = () => lookAtRun(context, runId);
  return waitUntilSettled(look, (wake) => context.watch.onRun(runId, wake), limits);
}

interface Look<T> {
  readonly isSettled: boolean;
  readonly value: T;
}

function lookAtStep(context: ServiceContext, stepId: StepId): Result<Look<StepWait>, Refusal> {
  const step = getStep(context, { stepId });
  if (!step.ok) return step;
  const gates = context.store.gates.pendingOfStep(stepId).map((gate) => gate.id);
  const terminal = isTerminalStep(step.value.state);
  const isSettled = terminal || gates.length > 0 || step.value.state === 'needs_manual_attention';
  return ok({ isSettled, value: { step: step.value, terminal, timedOut: false, gates } });
}

function lookAtRun(context: ServiceContext, runId: RunId): Result<Look<RunWait>, Refusal> {
  const run = getRun(context, { runId });
  if (!run.ok) return run;
  const gates = context.store.gates.listPending({ runId, limit: 100 }).map((gate) => gate.id);
  const terminal = isTerminalRun(run.value.state);
  return ok({
    isSettled: terminal || run.value.state === 'paused_for_gate',
    value: { run: run.value, terminal, timedOut: false, gates },
  });
}

/** Looks once, then again after each commit that concerns the subject. */
async function waitUntilSettled<T extends WaitEnd>(
  look: () => Result<Look<T>, Refusal>,
  watch: (wake: () => void) => () => void,
  { timeoutMs, signal }: WaitLimits,
): Promise<Result<T, Refusal>> {
  const first = look();
  if (!first.ok) return first;
  if (first.value.isSettled) return ok(first.value.value);
  await new Promise<void>((resolve) => {
    const finish = () => {
      stopWatching();
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const stopWatching = watch(() => {
      const now = look();
      if (!now.ok || now.value.isSettled) finish();
    });
    const timer = setTimeout(finish, timeoutMs);
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
  });
  const last = look();
  if (!last.ok) return last;
  const { isSettled, value } = last.value;
  return ok(isSettled ? value : { ...value, timedOut: true });
}
