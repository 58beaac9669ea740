import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Activity } from '../../contract/activity.ts';
import { ExecutorProfile } from '../../contract/executor-profile.ts';
import { AttemptId, RunId, StepId } from '../../contract/ids.ts';
import type { PermissionRequest } from '../../contract/permission.ts';
import { TaskSpec } from '../../contract/task-spec.ts';
import type { ExecutorTask } from '../../main/daemon/adapters/executors/executor.ts';
import { executorEnvironment } from '../../main/daemon/adapters/process/executor-environment.ts';
import { createOutputPipes } from '../../main/daemon/adapters/process/output-pipes.ts';
import type { ProcessHost } from '../../main/daemon/adapters/process/supervise.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface AgentTask {
  readonly host: ProcessHost;
  readonly task: ExecutorTask;
  readonly folder: string;
  /** What was told and asked, in the order in which it was. */
  readonly told: Activity[];
  readonly asked: PermissionRequest[];
  readonly output: { text: string };
}

/** A task in a folder of its own, for an executor that is run without a daemon. Nobody answers it: questions stay open. */
export function agentTask(more: Partial<ExecutorTask> = {}): AgentTask {
  const folder = temporaryFolder();
  const pipes = createOutputPipes(join(folder, 'pipes'));
  onTestFinished(() => pipes.dispose());
  const told: Activity[] = [];
  const asked: PermissionRequest[] = [];
  const output = { text: '' };
  const sink = {
    write(chunk: Uint8Array) {
      output.text += Buffer.from(chunk).toString();
      return undefined;
    },
  };
  const mark = `test:${folder}`;
  const { askPermission } = more;
  const task: ExecutorTask = {
    runId: RunId.parse('r'),
    stepId: StepId.parse('s'),
    attemptId: AttemptId.parse('s-a1'),
    spec: TaskSpec.parse({ goal: 'Do it' }),
    requestedName: 'agent',
    worktreePath: folder,
    evidencePath: folder,
    env: executorEnvironment(process.env, {}, mark),
    mark,
    stdout: sink,
    stderr: sink,
    redact: (text) => text.replaceAll('s3cret', '[redacted]'),
    onProgress: () => undefined,
    onActivity: (activity) => told.push(activity),
    prompt: 'Create the file hello.txt. WRITE_FILE=hello.txt',
    resumeSession: null,
    message: null,
    askPerson: (_, signal) => untilTakenBack(signal),
    ...more,
    askPermission: (request, signal) => {
      asked.push(request);
      return askPermission === undefined ? untilTakenBack(signal) : askPermission(request, signal);
    },
  };
  return { host: { clock: Date.now, pipes }, task, folder, told, asked, output };
}

const untilTakenBack = (signal: AbortSignal): Promise<{ readonly answer: 'cancelled' }> =>
  new Promise((resolve) => {
    const cancelled = () => resolve({ answer: 'cancelled' });
    if (signal.aborted) cancelled();
    else signal.addEventListener('abort', cancelled, { once: true });
  });

export const agentProfile = (more: Readonly<Record<string, unknown>> = {}): ExecutorProfile =>
  ExecutorProfile.parse({ name: 'test', agent: 'codex', transport: 'exec', ...more });
