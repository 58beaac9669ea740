import type { Refusal } from '../../../contract/errors.ts';
import type { GateId, RunId, StepId } from '../../../contract/ids.ts';
import type { RunRecord, StepRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { isTerminalRun } from '../../../contract/run-state.ts';
import { isTerminalStep } from '../../../contract/step-state.ts';
import type { ServiceContext } from './context.ts';
import { getRun } from './read-runs.ts';
import { getStep } from './read-steps.ts';

/** How a wait ended. Neither `terminal` nor `timedOut`: somebody has to decide something first. */
interface WaitEnd {
  readonly terminal: boolean;
  /** Nothing came to an end before the time was up, or before the signal was aborted. */
  readonly timedOut: boolean;
  /** Pending gates of the subject, oldest first. */
  readonly gates: readonly GateId[];
}

interface WaitLimits {
  /** Up to 2^31 - 1: what a timer can hold. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

type Watched = Pick<ServiceContext, 'store' | 'watch'>;

export interface StepWait extends WaitEnd {
  readonly step: StepRecord;
}

export interface RunWait extends WaitEnd {
  readonly run: RunRecord;
}

/** Waits until a step has ended, needs a person, or time is up. Ending the wait never touches the work. */
export async function waitForStep(
  context: Watched,
  { stepId, ...limits }: WaitLimits & { readonly stepId: StepId },
): Promise<Result<StepWait, Refusal>> {
  const look = () => lookAtStep(context, stepId);
  return waitUntilSettled(look, (wake) => context.watch.onStep(stepId, wake), limits);
}

/**
 * The same for a run. A pending gate ends the wait although other steps still move: whoever waits is the one who can
 * have it decided.
 */
export async function waitForRun(
  context: Watched,
  { runId, ...limits }: WaitLimits & { readonly runId: RunId },
): Promise<Result<RunWait, Refusal>> {
  const look = () => lookAtRun(context, runId);
  return waitUntilSettled(look, (wake) => context.watch.onRun(runId, wake), limits);
}

interface Look<T> {
  readonly isSettled: boolean;
  readonly value: T;
}

function lookAtStep(context: Watched, stepId: StepId): Result<Look<StepWait>, Refusal> {
  const step = getStep(context, { stepId });
  if (!step.ok) return step;
  const gates = context.store.gates.pendingOfStep(stepId).map((gate) => gate.id);
  const terminal = isTerminalStep(step.value.state);
  const isSettled = terminal || gates.length > 0 || step.value.state === 'needs_manual_attention';
  return ok({ isSettled, value: { step: step.value, terminal, timedOut: false, gates } });
}

function lookAtRun(context: Watched, runId: RunId): Result<Look<RunWait>, Refusal> {
  const run = getRun(context, { runId });
  if (!run.ok) return run;
  const gates = context.store.gates.listPending({ runId, limit: 100 }).map((gate) => gate.id);
  const terminal = isTerminalRun(run.value.state);
  const isSettled = terminal || gates.length > 0 || run.value.state === 'paused_for_gate';
  return ok({ isSettled, value: { run: run.value, terminal, timedOut: false, gates } });
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
