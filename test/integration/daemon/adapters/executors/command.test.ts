import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { AttemptId, RunId, StepId } from '../../../../../contract/ids.ts';
import { TaskSpec } from '../../../../../contract/task-spec.ts';
import { createCommandExecutor } from '../../../../../main/daemon/adapters/executors/command.ts';
import type { ExecutorProgress, ExecutorTask } from '../../../../../main/daemon/adapters/executors/executor.ts';
import { executorEnvironment } from '../../../../../main/daemon/adapters/process/executor-environment.ts';
import { createOutputPipes } from '../../../../../main/daemon/adapters/process/output-pipes.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

/** Starts a recipe in a folder of its own. */
async function start(steps: readonly object[], more: Partial<ExecutorTask> = {}) {
  const folder = temporaryFolder();
  const pipes = createOutputPipes(join(folder, 'pipes'));
  onTestFinished(() => pipes.dispose());
  const executor = createCommandExecutor({ clock: Date.now, pipes });
  const output: string[] = [];
  const progress: ExecutorProgress[] = [];
  const sink = {
    write(chunk: Uint8Array) {
      output.push(Buffer.from(chunk).toString());
      return undefined;
    },
  };
  const mark = `test:${folder}`;
  const started = await executor.start({
    runId: RunId.parse('r'),
    stepId: StepId.parse('s'),
    attemptId: AttemptId.parse('s-a1'),
    spec: TaskSpec.parse(steps.length === 0 ? {} : { recipe: { steps } }),
    requestedName: 'command',
    worktreePath: folder,
    evidencePath: folder,
    env: executorEnvironment(process.env, {}, mark),
    mark,
    stdout: sink,
    stderr: sink,
    redact: (text) => text.replaceAll('s3cret', '[redacted]'),
    onProgress: (one) => progress.push(one),
    onActivity: () => undefined,
    askPermission: async () => ({ answer: 'cancelled' }),
    askPerson: async () => ({ answer: 'cancelled' }),
    prompt: '',
    resumeSession: null,
    message: null,
    ...more,
  });
  return { folder, output, progress, started };
}

async function run(steps: readonly object[]) {
  const begun = await start(steps);
  return { ...begun, outcome: await successOf(begun.started).ended };
}

describe('the command executor', () => {
  it('runs one command and says so', async () => {
    const { outcome, progress, output } = await run([{ run: 'echo said' }]);
    expect(outcome).toEqual({
      end: { kind: 'completed' },
      summary: 'The command completed.',
      ifUnchanged: null,
      usage: null,
      questions: [],
      exitCode: 0,
      signal: null,
      session: null,
      leftoverCount: 0,
      model: null,
      doubts: [],
      problems: [],
    });
    expect([output.join(''), progress]).toEqual(['said\n', []]);
  });

  it('runs its steps one after another, each with its own variables and folder, and tells of each', async () => {
    const { outcome, folder, progress } = await run([
      { run: 'mkdir sub; echo "$WHO" > first', env: { WHO: 'one' } },
      { run: 'echo "$WHO" > second', cwd: 'sub', env: { WHO: 'two' } },
    ]);
    expect(outcome.summary).toBe('All 2 commands completed.');
    expect(readFileSync(join(folder, 'first'), 'utf8')).toBe('one\n');
    expect(readFileSync(join(folder, 'sub/second'), 'utf8')).toBe('two\n');
    expect(progress).toMatchObject([
      { kind: 'recipe_step', payload: { index: 1, exit_code: 0, ok: true, next: 'echo "$WHO" > second' } },
      { kind: 'recipe_step', payload: { index: 2, exit_code: 0, ok: true } },
    ]);
  });

  it('ends with the first that fails, named without its secrets', async () => {
    const { outcome, progress } = await run([
      { run: 'true' },
      { run: 'exit 7 # s3cret' },
      { run: 'echo never > never' },
    ]);
    expect(outcome).toMatchObject({
      end: { kind: 'failed', failureClass: 'command_failed' },
      summary: 'Command 2 (exit 7 # [redacted]) failed: exit status 7',
      exitCode: 7,
    });
    expect(progress.map(({ payload }) => payload['ok'])).toEqual([true, false]);
  });

  it('tells a signal from an exit status', async () => {
    const { outcome } = await run([{ run: 'kill -KILL $$' }]);
    expect(outcome).toMatchObject({ summary: 'Command 1 (kill -KILL $$) failed: signal SIGKILL', signal: 'SIGKILL' });
  });

  it('ends a step whose own time is up', async () => {
    const { outcome } = await run([{ run: 'sleep 300', timeoutSeconds: 1 }, { run: 'true' }]);
    expect(outcome).toMatchObject({
      end: { kind: 'failed', failureClass: 'timeout' },
      summary: 'Command 1 (sleep 300) timed out after 1 seconds',
    });
  });

  it('is stopped where it is, and starts nothing more', async () => {
    const { started, progress, output } = await start([{ run: 'echo begun; sleep 300' }, { run: 'echo never' }]);
    const begun = successOf(started);
    await waitUntil(() => output.length > 0);
    begun.stop('timeout');
    begun.stop('cancel');
    expect(await begun.ended).toMatchObject({ end: { kind: 'stopped', reason: 'timeout' } });
    expect([output.join(''), progress]).toEqual(['begun\n', []]);
  });

  it('has done what it has done when it is stopped after its last step', async () => {
    const { started, output } = await start([{ run: 'sleep 300 & echo done' }]);
    const begun = successOf(started);
    await waitUntil(() => output.join('') === 'done\n' && isGone(begun.process?.pid ?? 0));
    begun.stop('timeout');
    expect(await begun.ended).toMatchObject({ end: { kind: 'completed' }, exitCode: 0 });
  });

  it('says why it cannot begin, or go on', async () => {
    expect(failureOf((await start([])).started).summary).toBe('the task has no recipe');
    expect(failureOf((await start([{ run: 'true', cwd: '../out' }])).started).summary).toMatch(/^cwd "\.\.\/out": /);
    const { outcome } = await run([{ run: 'true' }, { run: 'true', cwd: 'nowhere' }]);
    expect(outcome).toMatchObject({ end: { kind: 'failed', failureClass: 'adapter_failed' } });
    expect(outcome.summary).toMatch(/^Command 2: /);
  });
});

/** Whether a leader has ended, reaped or not. */
function isGone(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true; // reaped
  }
}
