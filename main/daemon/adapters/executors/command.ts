import type { Invocation } from '../../../../contract/executor-profile.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { Recipe } from '../../../../contract/task-spec.ts';
import { shortenCommand } from '../../domain/shorten-command.ts';
import { resolveContained } from '../files/contained-path.ts';
import { leftoverProblems } from '../process/leftover-problems.ts';
import type { ProcessSpec } from '../process/process-spec.ts';
import type { StartError } from '../process/start-error.ts';
import { type ProcessExit, type ProcessHost, type RunningProcess, startProcess } from '../process/supervise.ts';
import type { OpenTerminals, OwnTerminal } from '../terminal/open-terminals.ts';
import { startInTerminal } from '../terminal/start-in-terminal.ts';
import type {
  Executor,
  ExecutorOutcome,
  ExecutorRun,
  ExecutorStartError,
  ExecutorTask,
  StopReason,
} from './executor.ts';
import { outcomeOf } from './outcome-of.ts';

type RecipeStep = Recipe['steps'][number];

/**
 * Runs exactly the steps of the task's recipe, one after another in the worktree, each as a shell command: a recipe
 * step is a command by definition. The goal is never run. The first step that fails ends it.
 */
export function createCommandExecutor(host: ProcessHost, profile: RecipeProfile | null = null): Executor {
  return {
    name: 'command',
    agent: null,
    async start(task): Promise<Result<ExecutorRun, ExecutorStartError>> {
      const [first, ...rest] = task.spec.recipe?.steps ?? [];
      if (first === undefined) return err({ summary: 'the task has no recipe' });
      const terminal = profile?.terminals?.open(task.attemptId) ?? null;
      const walk: Walk = { host, task, terminal, running: null, stopReason: null, leftoverCount: 0, problems: [] };
      const started = await startStep(walk, first);
      if (!started.ok) {
        terminal?.close();
        return started;
      }
      const { pid, startTicks } = started.value;
      const ended = walkThrough(walk, { first, rest, process: started.value }).finally(() => terminal?.close());
      const invocation = profile === null ? null : describeInvocation(profile, task.redact(first.run));
      return ok({ process: { pid, startTicks }, invocation, ended, stop: (reason) => stopWalk(walk, reason) });
    },
  };
}

/** A profile of the operator that stands for this executor. */
export interface RecipeProfile {
  readonly name: string;
  readonly profileHash: string;
  /** Null: its programs have none. */
  readonly terminals: OpenTerminals | null;
}

const SHELL = '/bin/sh';

/** Of the first step; the others follow as the recipe says. */
const describeInvocation = ({ name, profileHash }: RecipeProfile, command: string): Invocation => ({
  argv: [SHELL, '-c', command],
  program: SHELL,
  version: null,
  model: null,
  reportedModel: null,
  profile: name,
  profileHash,
});

/** The way through one recipe: where it is, who asked for its end, and what its steps left behind. */
interface Walk {
  readonly host: ProcessHost;
  readonly task: ExecutorTask;
  readonly terminal: OwnTerminal | null;
  running: RunningProcess | null;
  stopReason: StopReason | null;
  leftoverCount: number;
  readonly problems: string[];
}

interface Recipes {
  readonly first: RecipeStep;
  readonly rest: readonly RecipeStep[];
  /** Of the first step. */
  readonly process: RunningProcess;
}

type Verdict = Pick<ExecutorOutcome, 'end' | 'summary'>;

interface StepEnd {
  readonly exit: ProcessExit | null;
  /** Null: the step did what it should. */
  readonly verdict: Verdict | null;
}

async function walkThrough(walk: Walk, { first, rest, process }: Recipes): Promise<ExecutorOutcome> {
  let last = await endStep(walk, { step: first, number: 1, process });
  for (const [index, step] of rest.entries()) {
    if (last.verdict !== null) break;
    last = await runStep(walk, step, index + 2);
  }
  return conclude(walk, last.exit, last.verdict ?? success(1 + rest.length));
}

async function runStep(walk: Walk, step: RecipeStep, number: number): Promise<StepEnd> {
  if (walk.stopReason !== null) return { exit: null, verdict: stopped(walk.stopReason) };
  const started = await startStep(walk, step);
  if (started.ok) return endStep(walk, { step, number, process: started.value });
  return { exit: null, verdict: failed('adapter_failed', `Command ${number}: ${started.error.summary}`) };
}

async function startStep(walk: Walk, step: RecipeStep): Promise<Result<RunningProcess, ExecutorStartError>> {
  const { worktreePath, env, mark } = walk.task;
  const cwd = await resolveContained(worktreePath, step.cwd ?? '.');
  if (!cwd.ok) return err({ summary: `cwd "${step.cwd}": ${cwd.error.sentence}` });
  const started = await startProgram(walk, {
    argv: [SHELL, '-c', step.run],
    cwd: cwd.value.path,
    env: { ...env, ...step.env },
    mark,
  });
  if (!started.ok) return err({ summary: started.error.message });
  walk.running = started.value;
  return started;
}

type Program = Pick<ProcessSpec, 'argv' | 'cwd' | 'env' | 'mark'>;

/** On a terminal there is one output, which is the first. */
async function startProgram(
  { host, terminal, task: { stdout, stderr } }: Walk,
  program: Program,
): Promise<Result<RunningProcess, StartError>> {
  if (terminal === null) return startProcess(host, { ...program, stdin: { kind: 'closed' }, stdout, stderr });
  const started = await startInTerminal(host, { ...program, output: stdout, size: terminal.size() });
  if (started.ok) terminal.isNow(started.value);
  return started;
}

interface OpenStep {
  readonly step: RecipeStep;
  /** From 1. */
  readonly number: number;
  readonly process: RunningProcess;
}

/** Waits for the end of a step and judges it. A step that ended by itself is judged although somebody asks for the end. */
async function endStep(walk: Walk, { step, number, process }: OpenStep): Promise<StepEnd> {
  if (walk.stopReason !== null) void process.stop(walk.stopReason); // asked for while the step was being started
  const limit = limitTime(process, step);
  const exit = await process.exited;
  const timedOut = limit.clear();
  walk.leftoverCount += exit.leftovers.ended.length + exit.leftovers.killed.length;
  walk.problems.push(...leftoverProblems(exit.leftovers));
  if (walk.stopReason !== null && exit.stoppedFor !== null) return { exit, verdict: stopped(walk.stopReason) };
  const verdict = judge({ step, number, exit, timedOut, redact: walk.task.redact });
  reportStep(walk.task, { number, exit, verdict });
  return { exit, verdict };
}

function stopWalk(walk: Walk, reason: StopReason): void {
  walk.stopReason ??= reason;
  void walk.running?.stop(reason);
}

const conclude = ({ leftoverCount, problems }: Walk, exit: ProcessExit | null, verdict: Verdict): ExecutorOutcome =>
  outcomeOf({ ...verdict, exitCode: exit?.exitCode ?? null, signal: exit?.signal ?? null, leftoverCount, problems });

const success = (count: number): Verdict => ({
  end: { kind: 'completed' },
  summary: count === 1 ? 'The command completed.' : `All ${count} commands completed.`,
});

const stopped = (reason: StopReason): Verdict => ({ end: { kind: 'stopped', reason }, summary: '' });

const failed = (failureClass: 'adapter_failed' | 'command_failed' | 'timeout', summary: string): Verdict => ({
  end: { kind: 'failed', failureClass },
  summary,
});

/** A step's own time limit, beside the one of the whole attempt. */
function limitTime(process: RunningProcess, { timeoutSeconds }: RecipeStep) {
  let timedOut = false;
  const onTimeout = () => {
    timedOut = true;
    void process.stop('timeout');
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(onTimeout, timeoutSeconds * 1000);
  return {
    clear(): boolean {
      clearTimeout(timer);
      return timedOut;
    },
  };
}

interface EndedStep extends Omit<OpenStep, 'process'> {
  readonly exit: ProcessExit;
  readonly timedOut: boolean;
  readonly redact: ExecutorTask['redact'];
}

/** What is wrong with a step that ended, or null. */
function judge({ step, number, exit, timedOut, redact }: EndedStep): Verdict | null {
  const name = `Command ${number} (${shortenCommand(redact(step.run))})`;
  if (timedOut && exit.stoppedFor !== null) {
    return failed('timeout', `${name} timed out after ${step.timeoutSeconds} seconds`);
  }
  if (exit.exitCode === 0) return null;
  const how = exit.exitCode === null ? `signal ${exit.signal}` : `exit status ${exit.exitCode}`;
  return failed('command_failed', `${name} failed: ${how}`);
}

/** A recipe of one step has no progress to tell. */
function reportStep(
  { spec, onProgress, redact }: ExecutorTask,
  { number, exit, verdict }: { readonly number: number; readonly exit: ProcessExit; readonly verdict: Verdict | null },
): void {
  const steps = spec.recipe?.steps ?? [];
  if (steps.length < 2) return;
  const { exitCode, signal, startedAtMs, endedAtMs } = exit;
  const next = verdict === null ? steps[number]?.run : undefined;
  const payload = {
    index: number,
    exit_code: exitCode,
    signal,
    ok: verdict === null,
    duration_ms: endedAtMs - startedAtMs,
  };
  onProgress({
    kind: 'recipe_step',
    payload: { ...payload, ...(next === undefined ? {} : { next: shortenCommand(redact(next)) }) },
  });
}
