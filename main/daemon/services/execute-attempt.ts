import type { AttemptRecord, Provisioning } from '../../../contract/records.ts';
import { err, type Result } from '../../../contract/result.ts';
import type {
  ExecutorOutcome,
  ExecutorProgress,
  ExecutorRun,
  ExecutorVerdict,
  StopReason,
} from '../adapters/executors/executor.ts';
import { composePrompt } from '../domain/compose-prompt.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { type AttemptWork, advance, endOfStopped, failed, recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { stopOrderOf } from './live-attempts.ts';
import { persist } from './persist.ts';
import { type LogPair, withLogs } from './with-logs.ts';

/** What the executor's part of an attempt left to be judged. */
export interface Execution {
  readonly end: ExecutionEnd;
  /** What it is instead when the worktree turns out to be as it was; null: the same. */
  readonly endIfUnchanged: ExecutionEnd | null;
  /** Whether the executor was ever under way. */
  readonly hasRun: boolean;
  readonly facts: Partial<AttemptRecord>;
  readonly evidenceProblems: readonly string[];
  readonly notes: readonly string[];
}

interface Order {
  readonly work: AttemptWork;
  readonly provisioning: Provisioning;
}

/** Runs the executor to its end, its time limit or the order to stop. Nothing of it is alive afterwards. */
export async function executeAttempt(context: ServiceContext, order: Order, signal: AbortSignal): Promise<Execution> {
  const { work } = order;
  const names = { stdout: 'stdout.log', stderr: 'stderr.log' };
  const logged = await withLogs(context, { work, names }, (logs) => runExecutor(context, { ...order, logs }, signal));
  if (!logged.ok) return unstarted(failed('evidence_failed', logged.error.sentence));
  const { value: execution, problems } = logged.value;
  return { ...execution, evidenceProblems: [...execution.evidenceProblems, ...problems] };
}

const unstarted = (end: ExecutionEnd): Execution => ({
  end,
  endIfUnchanged: null,
  hasRun: false,
  facts: {},
  evidenceProblems: [],
  notes: [],
});

type Opened = Order & { readonly logs: LogPair };

async function runExecutor(context: ServiceContext, opened: Opened, signal: AbortSignal): Promise<Execution> {
  if (signal.aborted) return unstarted(endOfStopped(signal));
  const { work, provisioning } = opened;
  const redact = (text: string) => context.evidence.redact(text, recipeVariables(work.step));
  const started = await startExecutor(context, opened, redact);
  if (!started.ok) return unstarted(failed('adapter_failed', `Adapter failed to start: ${started.error}`));
  const facts = { ...startFacts(context, started.value), provisioning };
  const outcome = await accompany(context, { work, run: started.value, facts }, signal);
  return judge(work, signal, redactOutcome(outcome, redact));
}

async function startExecutor(
  context: ServiceContext,
  { work, logs }: Opened,
  redact: (text: string) => string,
): Promise<Result<ExecutorRun, string>> {
  const { place, step, mark, worktreePath, evidencePath } = work;
  const executor = context.executors.find(step.executor, work.isSimulation ? 'simulation' : 'real');
  if (executor === null) return err(`no ${step.executor}`);
  const prompt = composePrompt(step.spec);
  if (executor.agent !== null) {
    const kept = await context.evidence.writeText(place, 'prompt.txt', prompt);
    if (!kept.ok) return err(kept.error.sentence);
  }
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
    onProgress: (progress) => recordProgress(context, work, progress),
    onActivity: () => undefined,
    askPermission: () => Promise.resolve({ answer: 'cancelled' }),
    prompt,
    resumeSession: null,
    message: null,
  });
  return started.ok ? started : err(redact(started.error.summary));
}

function redactOutcome(outcome: ExecutorOutcome, redact: (text: string) => string): ExecutorOutcome {
  const { summary, questions, ifUnchanged } = outcome;
  return {
    ...outcome,
    summary: redact(summary),
    questions: questions.map(redact),
    ifUnchanged: ifUnchanged === null ? null : { ...ifUnchanged, summary: redact(ifUnchanged.summary) },
  };
}

function startFacts(context: ServiceContext, run: ExecutorRun): Partial<AttemptRecord> {
  const startedAtMs = context.clock();
  if (run.process === null) return { startedAtMs };
  return { startedAtMs, pid: run.process.pid, pidStartTicks: run.process.startTicks };
}

/** Progress is for who looks on: where it cannot be recorded the work goes on. */
function recordProgress(context: ServiceContext, { place }: AttemptWork, { kind, payload }: ExecutorProgress): void {
  const actor = `executor:${place.attemptId}`;
  try {
    context.store.transaction(() =>
      context.store.events.append({ type: 'attempt.progress', actor, ...place, payload: { kind, ...payload } }),
    );
  } catch (error) {
    context.log('warn', 'progress could not be recorded', { attempt: place.attemptId, kind, error });
  }
}

interface Run {
  readonly work: AttemptWork;
  readonly run: ExecutorRun;
  readonly facts: Partial<AttemptRecord>;
}

/**
 * Records that the executor runs, and looks after it to its end. Both at once: while a full disk holds up the record,
 * time limits and orders to stop count all the same. What cannot be recorded at all may not go on.
 */
async function accompany(
  context: ServiceContext,
  { work, run, facts }: Run,
  signal: AbortSignal,
): Promise<ExecutorOutcome> {
  const recording = persist(context, () => advance(context, work, { to: 'running', attempt: facts }));
  recording.catch(() => run.stop('shutdown'));
  const [recorded, supervised] = await Promise.allSettled([recording, superviseRun(work, run, signal)]);
  if (recorded.status === 'rejected') throw recorded.reason;
  if (supervised.status === 'rejected') throw supervised.reason;
  return supervised.value;
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
  const { exitCode, signal: endSignal, questions, session, problems } = outcome;
  return {
    end: executionEnd(work, signal, outcome),
    endIfUnchanged: outcome.ifUnchanged === null ? null : executionEnd(work, signal, outcome.ifUnchanged),
    hasRun: true,
    facts: { exitCode, signal: endSignal, questions: [...questions], executorSession: session },
    evidenceProblems: problems,
    notes: leftoverNotes(outcome.leftoverCount),
  };
}

function leftoverNotes(count: number): readonly string[] {
  if (count === 0) return [];
  return [count === 1 ? 'ended a process that was left behind' : `ended ${count} processes that were left behind`];
}

function executionEnd(work: AttemptWork, signal: AbortSignal, { end, summary }: ExecutorVerdict): ExecutionEnd {
  if (end.kind === 'completed') return { end: 'completed', summary };
  if (end.kind === 'failed') return failed(end.failureClass, summary);
  if (end.reason !== 'timeout') return endOfStopped(signal);
  return failed('timeout', `Execution timed out after ${work.step.spec.timeoutSeconds} seconds`);
}
