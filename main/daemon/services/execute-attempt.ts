import type { AttemptRecord, Provisioning } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ExecutorOutcome, ExecutorRun, StopReason } from '../adapters/executors/executor.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { type AttemptWork, advance, endOfStopped, failed, recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { stopOrderOf } from './live-attempts.ts';
import { persist } from './persist.ts';
import type { EvidenceLog } from './ports.ts';

/** What the executor's part of an attempt left to be judged. */
export interface Execution {
  readonly end: ExecutionEnd;
  /** Whether the executor was ever under way. */
  readonly hasRun: boolean;
  readonly facts: Partial<AttemptRecord>;
  readonly evidenceProblems: readonly string[];
  readonly notes: readonly string[];
}

interface Logs {
  readonly stdout: EvidenceLog;
  readonly stderr: EvidenceLog;
}

/** Runs the executor to its end, its time limit or the order to stop. Nothing of it is alive afterwards. */
export async function executeAttempt(
  context: ServiceContext,
  { work, provisioning }: { readonly work: AttemptWork; readonly provisioning: Provisioning },
  signal: AbortSignal,
): Promise<Execution> {
  const logs = await openLogs(context, work);
  if (!logs.ok) return unstarted(failed('evidence_failed', logs.error));
  const execution = await runExecutor(context, { work, provisioning, logs: logs.value }, signal);
  const closed = [await logs.value.stdout.close(), await logs.value.stderr.close()];
  const problems = closed.flatMap((result) => (result.ok ? [] : [result.error.sentence]));
  return { ...execution, evidenceProblems: [...execution.evidenceProblems, ...problems] };
}

const unstarted = (end: ExecutionEnd): Execution => ({
  end,
  hasRun: false,
  facts: {},
  evidenceProblems: [],
  notes: [],
});

async function openLogs(context: ServiceContext, work: AttemptWork): Promise<Result<Logs, string>> {
  const secretsIn = recipeVariables(work.step);
  const stdout = await context.evidence.openLog(work.place, 'stdout.log', secretsIn);
  if (!stdout.ok) return err(stdout.error.sentence);
  const stderr = await context.evidence.openLog(work.place, 'stderr.log', secretsIn);
  if (stderr.ok) return ok({ stdout: stdout.value, stderr: stderr.value });
  await stdout.value.close();
  return err(stderr.error.sentence);
}

async function runExecutor(
  context: ServiceContext,
  { work, provisioning, logs }: { work: AttemptWork; provisioning: Provisioning; logs: Logs },
  signal: AbortSignal,
): Promise<Execution> {
  if (signal.aborted) return unstarted(endOfStopped(signal));
  const attempt = context.store.attempts.get(work.attemptId);
  const mode = attempt?.isSimulation === true ? 'simulation' : 'real';
  const executor = context.executors.find(work.step.executor, mode);
  if (executor === null)
    return unstarted(failed('adapter_failed', `Adapter failed to start: no ${work.step.executor}`));
  const { place, step, mark, worktreePath, evidencePath } = work;
  const redact = (text: string) => context.evidence.redact(text, recipeVariables(step));
  const started = await executor.start({
    ...place,
    spec: step.spec,
    requestedName: step.executor,
    worktreePath,
    evidencePath,
    env: { ...context.processes.environment(mark), ...(await context.workspaces.environment(place)) },
    mark,
    ...logs,
    redact,
    onProgress: (progress) => appendProgress(context, work, { kind: progress.kind, ...progress.payload }),
    resumeSession: null,
  });
  if (!started.ok) {
    return unstarted(failed('adapter_failed', `Adapter failed to start: ${redact(started.error.summary)}`));
  }
  const facts = { ...startFacts(context, started.value), provisioning };
  await persist(context, () => advance(context, work, { to: 'running', attempt: facts }));
  const outcome = await superviseRun(work, started.value, signal);
  const { summary, questions } = outcome;
  return judge(work, signal, { ...outcome, summary: redact(summary), questions: questions.map(redact) });
}

function startFacts(context: ServiceContext, run: ExecutorRun): Partial<AttemptRecord> {
  const startedAtMs = context.clock();
  if (run.process === null) return { startedAtMs };
  return { startedAtMs, pid: run.process.pid, pidStartTicks: run.process.startTicks };
}

function appendProgress(
  context: ServiceContext,
  { place }: AttemptWork,
  payload: Readonly<Record<string, string | number | boolean | null>>,
): void {
  context.store.transaction(() =>
    context.store.events.append({ type: 'attempt.progress', actor: `executor:${place.attemptId}`, ...place, payload }),
  );
}

/** Waits for the end, and orders it when time is up or somebody asks. */
async function superviseRun(work: AttemptWork, run: ExecutorRun, signal: AbortSignal): Promise<ExecutorOutcome> {
  const seconds = work.step.spec.timeoutSeconds;
  const onAbort = () => run.stop(stopReason(signal));
  const timer = seconds === undefined ? undefined : setTimeout(() => run.stop('timeout'), seconds * 1000);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await run.ended;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

const stopReason = (signal: AbortSignal): StopReason =>
  stopOrderOf(signal).reason === 'cancel' ? 'cancel' : 'shutdown';

function judge(work: AttemptWork, signal: AbortSignal, outcome: ExecutorOutcome): Execution {
  const { exitCode, signal: endSignal, questions, session } = outcome;
  const survivors =
    outcome.survivors.length > 0 ? [`still alive after the sweep: ${outcome.survivors.join(', ')}`] : [];
  const leftovers = outcome.leftoverCount > 0 ? [`ended ${outcome.leftoverCount} processes that were left behind`] : [];
  return {
    end: executionEnd(work, signal, outcome),
    hasRun: true,
    facts: { exitCode, signal: endSignal, questions: [...questions], executorSession: session },
    evidenceProblems: survivors,
    notes: leftovers,
  };
}

function executionEnd(work: AttemptWork, signal: AbortSignal, outcome: ExecutorOutcome): ExecutionEnd {
  const { end, summary } = outcome;
  if (end.kind === 'completed') return { end: 'completed', summary };
  if (end.kind === 'failed') return failed(end.failureClass, summary);
  if (end.reason !== 'timeout') return endOfStopped(signal);
  return failed('timeout', `Execution timed out after ${work.step.spec.timeoutSeconds} seconds`);
}
