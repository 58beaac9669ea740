import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '../../../../contract/result.ts';
import type { SimulatedEdit, Simulation } from '../../../../contract/task-spec.ts';
import { resolveContained } from '../files/contained-path.ts';
import { tryFile } from '../files/file-problem.ts';
import type { ByteSink } from '../process/byte-sink.ts';
import type { Executor, ExecutorOutcome, ExecutorRun, ExecutorTask, StopReason } from './executor.ts';
import { outcomeOf } from './outcome-of.ts';

const OUTPUT_LINE = Buffer.from(`${'simulated output '.repeat(63)}\n`);

/**
 * Stands in for an agent and says so: it runs no program, writes what the inherited simulation writes (`stdout.log`,
 * `result.json`), and does to the worktree exactly what the task's `simulation` lists.
 */
export const simulationExecutor: Executor = {
  name: 'simulation',
  agent: null,
  async start(task): Promise<Result<ExecutorRun, never>> {
    const { promise: stopped, resolve: stop } = Promise.withResolvers<StopReason>();
    return ok({ process: null, invocation: null, ended: play(task, stopped), stop });
  },
};

async function play(task: ExecutorTask, stopped: Promise<StopReason>): Promise<ExecutorOutcome> {
  const { simulation } = task.spec;
  await task.stdout.write(Buffer.from(`Executing Simulated ${task.requestedName} for attempt ${task.attemptId}\n`));
  const reason = await writeOutput(task.stdout, simulation?.outputBytes ?? 0, stopped);
  const cut = reason ?? (await pause(simulation?.durationMs ?? 0, stopped));
  if (cut !== null) return outcomeOf({ end: { kind: 'stopped', reason: cut }, summary: '' });
  const refused = await applyEdits(task, simulation?.edits ?? []);
  if (refused !== null) return failure(refused, 1);
  if (simulation !== undefined && simulation.exitCode !== 0) {
    return failure(
      `Simulated failure of ${task.requestedName}: exit status ${simulation.exitCode}`,
      simulation.exitCode,
    );
  }
  return succeed(task, simulation);
}

const failure = (summary: string, exitCode: number): ExecutorOutcome =>
  outcomeOf({ end: { kind: 'failed', failureClass: 'command_failed' }, summary, exitCode });

const summaryOf = (requestedName: string): string =>
  requestedName === 'openclaw-acpx'
    ? 'Simulated OpenClaw execution successful.'
    : `Simulated successful ${requestedName} task.`;

async function succeed(task: ExecutorTask, simulation: Simulation | undefined): Promise<ExecutorOutcome> {
  const summary = summaryOf(task.requestedName);
  const questions = simulation?.question === undefined ? [] : [simulation.question];
  const result = { state: 'completed', summary, needs_human_decision: questions.length > 0 };
  await writeFile(join(task.evidencePath, 'result.json'), `${JSON.stringify(result, null, 2)}\n`);
  return outcomeOf({ end: { kind: 'completed' }, summary, questions, exitCode: 0 });
}

async function writeOutput(sink: ByteSink, bytes: number, stopped: Promise<StopReason>): Promise<StopReason | null> {
  let cut: StopReason | null = null;
  void stopped.then((reason) => {
    cut = reason;
  });
  for (let left = bytes; left > 0 && cut === null; left -= OUTPUT_LINE.length) {
    await sink.write(OUTPUT_LINE.subarray(0, Math.min(left, OUTPUT_LINE.length)));
  }
  return cut;
}

function pause(durationMs: number, stopped: Promise<StopReason>): Promise<StopReason | null> {
  if (durationMs === 0) return Promise.resolve(null);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), durationMs);
  });
  return Promise.race([over, stopped]).finally(() => clearTimeout(timer));
}

/** The sentence that says which edit could not be made, or null when all were. */
async function applyEdits({ worktreePath }: ExecutorTask, edits: readonly SimulatedEdit[]): Promise<string | null> {
  for (const edit of edits) {
    const place = await resolveContained(worktreePath, edit.path);
    if (!place.ok) return `Simulated edit refused: ${place.error.sentence}`;
    if (place.value.fromRoot === '') return 'Simulated edit refused: it names the whole worktree';
    const path = place.value.path;
    const made = await tryFile(edit.action, edit.path, () =>
      edit.action === 'delete' ? rm(path, { force: true, recursive: true }) : writeContent(path, edit.content),
    );
    if (!made.ok) return `Simulated edit failed: ${made.error.sentence}`;
  }
  return null;
}

async function writeContent(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
