import type { AttemptRecord, Provisioning, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Executor, ExecutorOutcome, ExecutorRun, ExecutorVerdict } from '../adapters/executors/executor.ts';
import { composePrompt } from '../domain/compose-prompt.ts';
import type { ExecutionEnd } from '../domain/conclude-attempt.ts';
import { type AttemptClock, createAttemptClock } from './attempt-clock.ts';
import { type AttemptWork, advance, endOfStopped, failed, recipeVariables, toldIn } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { keepInvocation } from './keep-invocation.ts';
import { openPermissionDesk, type PermissionDesk } from './permission-desk.ts';
import { persist } from './persist.ts';
import type { EvidenceLog } from './ports/evidence.ts';
import { type ActivityRecorder, openActivityRecorder } from './record-activity.ts';
import { recordMilestones } from './record-milestones.ts';
import { superviseRun } from './supervise-run.ts';
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
    const problems = await activity.close({ questions: execution.facts.questions ?? [] });
    return { ...execution, evidenceProblems: [...execution.evidenceProblems, ...problems] };
  } catch (error) {
    await activity.close({ questions: [] });
    throw error;
  }
}

/** A program that says more than the disk takes has to wait, also for what is understood of it. */
const afterActivity = (log: EvidenceLog, activity: ActivityRecorder): EvidenceLog => ({
  close: () => log.close(),
  write(chunk) {
    const written = log.write(chunk);
    const recorded = activity.caughtUp();
    if (written === undefined || recorded === undefined) return written ?? recorded;
    return Promise.all([written, recorded]).then(() => undefined);
  },
});

const startFailed = (sentence: string): ExecutionEnd =>
  failed('adapter_failed', `Adapter failed to start: ${sentence}`);

async function runWatched(context: ServiceContext, opened: Opened, signal: AbortSignal): Promise<Execution> {
  const { work, provisioning } = opened;
  const redact = (text: string) => context.evidence.redact(text, recipeVariables(work.step));
  const limitSeconds = timeLimitOf(context, work);
  const clock = createAttemptClock({ limitMs: limitSeconds === null ? null : limitSeconds * 1000 });
  const desk = openPermissionDesk(context, { work, redact, clock });
  const started = await startExecutor(context, { ...opened, desk }, redact);
  if (!started.ok) {
    await desk.close({ actor: 'daemon', reason: 'the executor did not start' });
    return unstarted(startFailed(started.error));
  }
  const facts = { ...startFacts(context, started.value), provisioning };
  const kept = keepInvocation(context, work.place, started.value.invocation);
  const outcome = await accompany(context, { work, run: started.value, facts, clock, desk }, signal);
  const execution = judge(limitSeconds, signal, redactOutcome(outcome, redact));
  return { ...execution, evidenceProblems: [...execution.evidenceProblems, ...(await kept)] };
}

/** The task's own limit comes before its profile's. */
const timeLimitOf = ({ executors }: ServiceContext, { step }: AttemptWork): number | null =>
  step.spec.timeoutSeconds ?? executors.shelf().executors.get(step.executor)?.profile?.limits.wallClockSeconds ?? null;

async function startExecutor(
  context: ServiceContext,
  { work, logs, executor, activity, desk }: Opened & { readonly desk: PermissionDesk },
  redact: (text: string) => string,
): Promise<Result<ExecutorRun, string>> {
  const { place, step, mark, worktreePath, evidencePath, resume } = work;
  const environment = await environmentOf(context, work);
  if (!environment.ok) return environment;
  const told = toldIn(work);
  if (executor.agent !== null || readsTaskFile(step)) {
    const kept = await context.evidence.writeText(place, 'prompt.txt', told);
    if (!kept.ok) return err(kept.error.sentence);
  }
  const started = await executor.start({
    ...place,
    spec: step.spec,
    requestedName: step.executor,
    worktreePath,
    evidencePath,
    env: environment.value,
    mark,
    ...logs,
    redact,
    onProgress: (progress) => recordMilestones(context, work, [progress]),
    onActivity: (told) => activity?.record(told),
    askPermission: async (request, takenBack) => {
      const answer = await desk.ask(request, takenBack);
      activity?.asked(request, answer);
      return answer;
    },
    askPerson: desk.askPerson,
    prompt: composePrompt(step.spec),
    resumeSession: resume?.session ?? null,
    message: resume === null ? null : told,
  });
  return started.ok ? started : err(redact(started.error.summary));
}

/** The operator's variables, those that the profile names, and at last our own. A simulation runs nothing. */
async function environmentOf(
  { executors, processes, workspaces }: ServiceContext,
  { place, step, mark, isSimulation, evidencePath }: AttemptWork,
): Promise<Result<Readonly<Record<string, string>>, string>> {
  const named = isSimulation ? ok({}) : executors.environment(step.executor);
  if (!named.ok) return named;
  const taskFile = readsTaskFile(step) ? { [TASK_FILE]: `${evidencePath}/prompt.txt` } : {};
  return ok({ ...processes.environment(mark), ...named.value, ...taskFile, ...(await workspaces.environment(place)) });
}

/** Names the file that has the task as a text, for recipes that hand it to a tool. */
const TASK_FILE = 'CODENCER_TASK_FILE';

const readsTaskFile = ({ spec }: StepRecord): boolean =>
  (spec.recipe?.steps ?? []).some(({ run }) => run.includes(TASK_FILE));

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

function judge(limitSeconds: number | null, signal: AbortSignal, outcome: ExecutorOutcome): Execution {
  const { exitCode, signal: endSignal, questions, session, usage, problems } = outcome;
  return {
    end: executionEnd(limitSeconds, signal, outcome),
    endIfUnchanged: outcome.ifUnchanged === null ? null : executionEnd(limitSeconds, signal, outcome.ifUnchanged),
    hasRun: true,
    facts: { exitCode, signal: endSignal, questions: [...questions], executorSession: session, usage },
    evidenceProblems: problems,
    notes: leftoverNotes(outcome.leftoverCount),
  };
}

function leftoverNotes(count: number): readonly string[] {
  if (count === 0) return [];
  return [count === 1 ? 'ended a process that was left behind' : `ended ${count} processes that were left behind`];
}

function executionEnd(
  limitSeconds: number | null,
  signal: AbortSignal,
  { end, summary }: ExecutorVerdict,
): ExecutionEnd {
  if (end.kind === 'completed') return { end: 'completed', summary };
  if (end.kind === 'failed') return failed(end.failureClass, summary);
  if (end.reason !== 'timeout') return endOfStopped(signal);
  return failed('timeout', `Execution timed out after ${limitSeconds} seconds`);
}
