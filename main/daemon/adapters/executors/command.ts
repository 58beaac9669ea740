import { err, ok, type Result } from '../../../../contract/result.ts';
import type { Recipe } from '../../../../contract/task-spec.ts';
import { resolveContained } from '../files/contained-path.ts';
import type { ProcessExit, ProcessHost, RunningProcess } from '../process/supervise.ts';
import { startProcess } from '../process/supervise.ts';
import type {
  Executor,
  ExecutorOutcome,
  ExecutorRun,
  ExecutorStartError,
  ExecutorTask,
  StopReason,
} from './executor.ts';

type RecipeStep = Recipe['steps'][number];

/**
 * Runs exactly the steps of the task's recipe, one after another in the worktree, each as a shell command: a recipe
 * step is a command by definition. The goal is never run. The first step that fails ends it.
 */
export function createCommandExecutor(host: ProcessHost): Executor {
  return {
    name: 'command',
    async start(task): Promise<Result<ExecutorRun, ExecutorStartError>> {
      const [first] = task.spec.recipe?.steps ?? [];
      if (first === undefined) return err({ summary: 'the task has no recipe' });
      const runner = createRunner({ host, task });
      const started = await runner.begin(first);
      if (!started.ok) return started;
      const { pid, startTicks } = started.value;
      return ok({ process: { pid, startTicks }, ended: runner.finish(started.value), stop: runner.stop });
    },
  };
}

interface Tools {
  readonly host: ProcessHost;
  readonly task: ExecutorTask;
}

/** Walks through the recipe and remembers who asked it to stop. */
function createRunner(tools: Tools) {
  const { task } = tools;
  const steps = task.spec.recipe?.steps ?? [];
  let stopReason: StopReason | null = null;
  let running: RunningProcess | null = null;
  let leftoverCount = 0;
  const survivors: number[] = [];

  const begin = async (step: RecipeStep) => {
    const started = await startStep(tools, step);
    if (started.ok) running = started.value;
    return started;
  };
  const stop = (reason: StopReason): void => {
    stopReason ??= reason;
    void running?.stop(reason);
  };
  const endOf = (exit: ProcessExit | null, verdict: Pick<ExecutorOutcome, 'end' | 'summary'>): ExecutorOutcome => ({
    ...verdict,
    questions: [],
    exitCode: exit?.exitCode ?? null,
    signal: exit?.signal ?? null,
    session: null,
    leftoverCount,
    survivors,
  });
  const waitFor = async (process: RunningProcess, step: RecipeStep) => {
    const limit = limitTime(process, step);
    const exit = await process.exited;
    const timedOut = limit.clear();
    leftoverCount += exit.leftovers.ended.length + exit.leftovers.killed.length;
    survivors.push(...exit.leftovers.left);
    return { exit, timedOut };
  };
  const finish = async (firstProcess: RunningProcess): Promise<ExecutorOutcome> => {
    let process = firstProcess;
    for (const [index, step] of steps.entries()) {
      if (index > 0) {
        const started = await begin(step);
        if (!started.ok) return endOf(null, failed('adapter_failed', `Step ${index + 1}: ${started.error.summary}`));
        process = started.value;
      }
      if (stopReason !== null) void process.stop(stopReason);
      const { exit, timedOut } = await waitFor(process, step);
      if (stopReason !== null) return endOf(exit, { end: { kind: 'stopped', reason: stopReason }, summary: '' });
      const verdict = judge({ step, index, exit, timedOut, redact: task.redact });
      if (steps.length > 1) reportStep(task, { index, exit, ok: verdict === null });
      if (verdict !== null) return endOf(exit, verdict);
      if (index === steps.length - 1) return endOf(exit, { end: { kind: 'completed' }, summary: successText(steps) });
    }
    throw new Error('a recipe has at least one step');
  };
  return { begin, stop, finish };
}

const successText = (steps: readonly RecipeStep[]): string =>
  steps.length === 1 ? 'The command completed.' : `All ${steps.length} commands completed.`;

async function startStep({ host, task }: Tools, step: RecipeStep): Promise<Result<RunningProcess, ExecutorStartError>> {
  const cwd = await resolveContained(task.worktreePath, step.cwd ?? '.');
  if (!cwd.ok) return err({ summary: `cwd "${step.cwd}": ${cwd.error.sentence}` });
  const { mark, stdout, stderr } = task;
  const started = await startProcess(host, {
    argv: ['/bin/sh', '-c', step.run],
    cwd: cwd.value.path,
    env: { ...task.env, ...step.env },
    mark,
    stdin: { kind: 'closed' },
    stdout,
    stderr,
  });
  return started.ok ? started : err({ summary: started.error.message });
}

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

const failed = (
  failureClass: 'adapter_failed' | 'command_failed' | 'timeout',
  summary: string,
): Pick<ExecutorOutcome, 'end' | 'summary'> => ({ end: { kind: 'failed', failureClass }, summary });

interface StepEnd {
  readonly step: RecipeStep;
  readonly index: number;
  readonly exit: ProcessExit;
  readonly timedOut: boolean;
  readonly redact: (text: string) => string;
}

/** What is wrong with a step that ended, or null. */
function judge({ step, index, exit, timedOut, redact }: StepEnd): Pick<ExecutorOutcome, 'end' | 'summary'> | null {
  const name = `Command ${index + 1} (${shorten(redact(step.run))})`;
  if (timedOut) return failed('timeout', `${name} timed out after ${step.timeoutSeconds} seconds`);
  if (exit.exitCode === 0) return null;
  const how = exit.exitCode === null ? `signal ${exit.signal}` : `exit status ${exit.exitCode}`;
  return failed('command_failed', `${name} failed: ${how}`);
}

const shorten = (command: string): string => {
  const [line = ''] = command.trim().split('\n');
  return line.length > 60 || line !== command.trim() ? `${line.slice(0, 60)}…` : line;
};

function reportStep(
  task: ExecutorTask,
  { index, exit, ok: isOk }: { readonly index: number; readonly exit: ProcessExit; readonly ok: boolean },
): void {
  const durationMs = exit.endedAtMs - exit.startedAtMs;
  const payload = {
    index: index + 1,
    exit_code: exit.exitCode,
    signal: exit.signal,
    ok: isOk,
    duration_ms: durationMs,
  };
  task.onProgress({ kind: 'recipe_step', payload });
}
