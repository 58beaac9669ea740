import type { AttemptRecord, Provisioning } from '../../../contract/records.ts';
import type { Executor, ExecutorOutcome, ExecutorRun } from '../adapters/executors/executor.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { type AttemptClock, createAttemptClock } from './attempt-clock.ts';
import { type AttemptWork, advance, endOfStopped, failed, recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { type Execution, judgeExecution, unstarted, withProblems } from './judge-execution.ts';
import { keepInvocation } from './keep-invocation.ts';
import { openPermissionDesk, type PermissionDesk } from './permission-desk.ts';
import { persist } from './persist.ts';
import type { EvidenceLog } from './ports/evidence.ts';
import { TERMINAL_LOG } from './read-log.ts';
import { type ActivityRecorder, openActivityRecorder } from './record-activity.ts';
import { startExecutor } from './start-executor.ts';
import { superviseRun } from './supervise-run.ts';
import { whenBoth } from './when-both.ts';
import { type LogPair, withLogs } from './with-logs.ts';

interface Order {
  readonly work: AttemptWork;
  readonly provisioning: Provisioning;
}

/** Runs the executor to its end, its time limit or the order to stop. Nothing of it is alive afterwards. */
export async function executeAttempt(context: ServiceContext, order: Order, signal: AbortSignal): Promise<Execution> {
  const { work } = order;
  const names = { stdout: hasTerminal(context, work) ? TERMINAL_LOG : 'stdout.log', stderr: 'stderr.log' };
  const logged = await withLogs(context, { work, names }, (logs) => runExecutor(context, { ...order, logs }, signal));
  if (!logged.ok) return unstarted(failed('evidence_failed', logged.error.sentence));
  const { value: execution, problems } = logged.value;
  return withProblems(execution, problems);
}

const hasTerminal = ({ executors }: ServiceContext, { step, isSimulation }: AttemptWork): boolean =>
  !isSimulation && executors.shelf().executors.get(step.executor)?.profile?.hasTerminal === true;

type Logged = Order & { readonly logs: LogPair };
type Opened = Logged & { readonly executor: Executor; readonly activity: ActivityRecorder | null };

async function runExecutor(context: ServiceContext, logged: Logged, signal: AbortSignal): Promise<Execution> {
  if (signal.aborted) return unstarted(endOfStopped(signal));
  const { step, isSimulation } = logged.work;
  const executor = context.executors.find(step.executor, isSimulation ? 'simulation' : 'real');
  if (executor === null) return unstarted(startFailed(`no ${step.executor}`));
  if (executor.agent === null) return runWatched(context, { ...logged, executor, activity: null }, signal);
  const recorder = await openActivityRecorder(context, logged.work);
  if (!recorder.ok) return unstarted(failed('evidence_failed', recorder.error.sentence));
  return runAgent(context, { ...logged, executor, activity: recorder.value }, signal);
}

async function runAgent(
  context: ServiceContext,
  opened: Opened & { readonly activity: ActivityRecorder },
  signal: AbortSignal,
): Promise<Execution> {
  const { activity, logs } = opened;
  const stdout = afterActivity(logs.stdout, activity);
  try {
    const execution = await runWatched(context, { ...opened, logs: { ...logs, stdout } }, signal);
    return withProblems(execution, await activity.close({ questions: execution.facts.questions ?? [] }));
  } catch (error) {
    await activity.close({ questions: [] });
    throw error;
  }
}

/** A program that says more than the disk takes has to wait, also for what is understood of it. */
const afterActivity = (log: EvidenceLog, activity: ActivityRecorder): EvidenceLog => ({
  close: () => log.close(),
  write: (chunk) => whenBoth(log.write(chunk), activity.caughtUp()),
});

const startFailed = (sentence: string): ExecutionEnd =>
  failed('adapter_failed', `Adapter failed to start: ${sentence}`);

async function runWatched(context: ServiceContext, opened: Opened, signal: AbortSignal): Promise<Execution> {
  const { work, provisioning } = opened;
  const redact = (text: string) => context.evidence.redact(text, recipeVariables(work.step));
  const limitSeconds = timeLimitOf(context, work);
  const clock = createAttemptClock({ limitMs: limitSeconds === null ? null : limitSeconds * 1000 });
  const desk = openPermissionDesk(context, { work, redact, clock });
  const started = await startExecutor(context, { ...opened, desk, redact });
  if (!started.ok) {
    await desk.close({ actor: 'daemon', reason: 'the executor did not start' });
    return unstarted(startFailed(started.error));
  }
  const { invocation } = started.value;
  const facts = { ...startFacts(context, started.value), provisioning };
  const kept = keepInvocation(context, work.place, invocation);
  const outcome = await accompany(context, { work, run: started.value, facts, clock, desk }, signal);
  return withProblems(judgeExecution(outcome, { limitSeconds, signal, redact, invocation }), await kept);
}

/** The task's own limit comes before its profile's. */
const timeLimitOf = ({ executors }: ServiceContext, { step }: AttemptWork): number | null =>
  step.spec.timeoutSeconds ?? executors.shelf().executors.get(step.executor)?.profile?.limits.wallClockSeconds ?? null;

function startFacts(context: ServiceContext, run: ExecutorRun): Partial<AttemptRecord> {
  const { invocation } = run;
  const facts = { startedAtMs: context.clock(), invocation };
  if (run.process === null) return facts;
  return { ...facts, pid: run.process.pid, pidStartTicks: run.process.startTicks };
}

interface Run {
  readonly work: AttemptWork;
  readonly run: ExecutorRun;
  readonly facts: Partial<AttemptRecord>;
  readonly clock: AttemptClock;
  readonly desk: PermissionDesk;
}

/**
 * Records that the executor runs, and looks after it to its end. Both at once: while a full disk holds up the record,
 * time limits and orders to stop count all the same. What cannot be recorded at all may not go on.
 */
async function accompany(
  context: ServiceContext,
  { work, facts, ...supervision }: Run,
  signal: AbortSignal,
): Promise<ExecutorOutcome> {
  const { run, desk } = supervision;
  const recording = persist(context, () => advance(context, work, { to: 'running', attempt: facts }));
  recording.then(desk.begin, () => run.stop('shutdown'));
  const [recorded, supervised] = await Promise.allSettled([recording, superviseRun(context, supervision, signal)]);
  await desk.close({ actor: 'daemon', reason: 'the executor ended without an answer' });
  if (recorded.status === 'rejected') throw recorded.reason;
  if (supervised.status === 'rejected') throw supervised.reason;
  return supervised.value;
}
