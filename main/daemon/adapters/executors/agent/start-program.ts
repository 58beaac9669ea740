import { ok, type Result } from '../../../../../contract/result.ts';
import type { ByteSink } from '../../process/byte-sink.ts';
import { type ProcessHost, type RunningProcess, startProcess } from '../../process/supervise.ts';
import type { ExecutorStartError, ExecutorTask } from '../executor.ts';
import type { AgentInput, Launch } from './agent.ts';
import { createInput } from './agent-input.ts';
import { isNestedTooDeep } from './nesting.ts';
import { splitLines } from './split-lines.ts';
import type { Tracker } from './tracker.ts';

export interface Program {
  readonly process: RunningProcess;
  readonly input: AgentInput;
  /** Hands over what came without a line end. */
  readonly flush: () => void;
}

export interface ProgramOrder {
  readonly task: ExecutorTask;
  readonly launch: Launch;
  readonly tracker: Tracker;
}

/** Between the gentle and the hard signal. */
const SIGNAL_GRACE_MS = 1500;

/** Starts a vendor's program: its lines go to the conversation, its bytes to the attempt's logs. */
export async function startProgram(
  host: ProcessHost,
  { task, launch, tracker }: ProgramOrder,
): Promise<Result<Program, ExecutorStartError>> {
  const { conversation } = launch;
  const onTooLong = () => tracker.notice('A line of the agent was too long to be read; it is only in its log');
  const onTooDeep = () => tracker.notice('A line of the agent was nested too deep to be read; it is only in its log');
  const hear = (line: string) => (isNestedTooDeep(line) ? onTooDeep() : conversation.onLine(line));
  const lines = splitLines({ onLine: (line) => tracker.guard(() => hear(line)), onTooLong });
  const errorLines = splitLines({ onLine: (line) => tracker.guard(() => conversation.onErrorLine?.(line)), onTooLong });
  const listening = (sink: ByteSink, splitter: ByteSink): ByteSink => ({
    write(chunk) {
      tracker.heard(chunk.length);
      void splitter.write(chunk);
      return sink.write(chunk);
    },
  });
  const started = await startProcess(host, {
    argv: launch.argv,
    cwd: task.worktreePath,
    env: { ...task.env, ...launch.env },
    mark: task.mark,
    stdin: launch.stdin,
    stdout: listening(task.stdout, lines),
    stderr: listening(task.stderr, errorLines),
    graceMs: SIGNAL_GRACE_MS,
  });
  if (!started.ok) return { ok: false, error: { summary: started.error.message } };
  const flush = () => {
    lines.flush();
    errorLines.flush();
  };
  return ok({ process: started.value, input: createInput(started.value.stdin, tracker.unread), flush });
}
