import type { ExecutorProfile, Invocation } from '../../../../../contract/executor-profile.ts';
import { ok, type Result } from '../../../../../contract/result.ts';
import type { ByteSink } from '../../process/byte-sink.ts';
import { leftoverProblems } from '../../process/leftover-problems.ts';
import { type ProcessExit, type ProcessHost, type RunningProcess, startProcess } from '../../process/supervise.ts';
import type {
  Executor,
  ExecutorOutcome,
  ExecutorRun,
  ExecutorStartError,
  ExecutorTask,
  StopReason,
} from '../executor.ts';
import type { AgentDriver, AgentInput, Launch, Variables } from './agent.ts';
import { createInput } from './agent-input.ts';
import { judgeRun } from './judge-run.ts';
import { splitLines } from './split-lines.ts';
import { createTracker, type Tracker } from './tracker.ts';
import type { Trip } from './watchdogs.ts';

export interface AgentParts {
  readonly host: ProcessHost;
  readonly driver: AgentDriver;
  readonly profile: ExecutorProfile;
  readonly profileHash: string;
  readonly locate: (environment: Variables) => Promise<Result<LocatedProgram, ExecutorStartError>>;
}

export interface LocatedProgram {
  /** The program's absolute path with the arguments that come before all others. */
  readonly program: readonly [string, ...string[]];
  readonly version: string | null;
}

/** How long an agent may take to end by its protocol before it gets signals, and between the gentle and the hard one. */
const PROTOCOL_GRACE_MS = 700;
const SIGNAL_GRACE_MS = 1500;
/** How long a program may stay after its work is done. */
const FINISH_GRACE_MS = 2000;

/** Runs a vendor's program for a task: its stream is understood by the driver, its end judged by the driver's table. */
export function createAgentExecutor(parts: AgentParts): Executor {
  return { name: parts.profile.name, start: (task) => startAgent(parts, task) };
}

async function startAgent(parts: AgentParts, task: ExecutorTask): Promise<Result<ExecutorRun, ExecutorStartError>> {
  const located = await parts.locate(task.env);
  if (!located.ok) return located;
  const control = createControl();
  const tracker = createTracker({
    task,
    limits: parts.profile.limits,
    onTrip: control.endForTrip,
    onFinish: control.finish,
  });
  const { driver, profile } = parts;
  const order = { task, profile, program: located.value.program, listener: tracker.listener };
  const launch = await driver.launch(order);
  if (!launch.ok) return dispose(tracker, launch);
  const started = await startProgram(parts.host, { task, launch: launch.value, tracker });
  if (!started.ok) return dispose(tracker, started);
  const { process, input, flush } = started.value;
  control.attach({ process, input, launch: launch.value, tracker });
  launch.value.conversation.begin?.(input);
  const ended = process.exited.then((exit) => {
    flush();
    return conclude({ parts, tracker, control, exit });
  });
  const invocation = describeInvocation(parts, { launch: launch.value, located: located.value, task });
  return ok({ process: { pid: process.pid, startTicks: process.startTicks }, invocation, ended, stop: control.stop });
}

function dispose<Failed>(tracker: Tracker, failed: Failed): Failed {
  tracker.dispose();
  return failed;
}

interface Program {
  readonly process: RunningProcess;
  readonly input: AgentInput;
  /** Hands over what came without a line end. */
  readonly flush: () => void;
}

async function startProgram(
  host: ProcessHost,
  { task, launch, tracker }: { readonly task: ExecutorTask; readonly launch: Launch; readonly tracker: Tracker },
): Promise<Result<Program, ExecutorStartError>> {
  const { argv, env, stdin, conversation } = launch;
  const onTooLong = () => tracker.notice('a line of the agent was too long to be read and is only in its log');
  const lines = splitLines({ onLine: conversation.onLine, onTooLong });
  const errorLines = splitLines({ onLine: (line) => conversation.onErrorLine?.(line), onTooLong });
  const listening = (sink: ByteSink, splitter: ByteSink): ByteSink => ({
    write(chunk) {
      tracker.heard(chunk.length);
      void splitter.write(chunk);
      return sink.write(chunk);
    },
  });
  const started = await startProcess(host, {
    argv,
    cwd: task.worktreePath,
    env: { ...task.env, ...env },
    mark: task.mark,
    stdin,
    stdout: listening(task.stdout, lines),
    stderr: listening(task.stderr, errorLines),
    graceMs: SIGNAL_GRACE_MS,
  });
  if (!started.ok) return { ok: false, error: { summary: started.error.message } };
  const flush = () => {
    lines.flush();
    errorLines.flush();
  };
  return ok({ process: started.value, input: createInput(started.value.stdin), flush });
}

interface Attached {
  readonly process: RunningProcess;
  readonly input: AgentInput;
  readonly launch: Launch;
  readonly tracker: Tracker;
}

interface Control {
  readonly attach: (attached: Attached) => void;
  readonly stop: (reason: StopReason) => void;
  readonly finish: () => void;
  readonly endForTrip: (trip: Trip) => void;
  /** Who asked for the end before the agent had told its own; null: nobody. */
  readonly stoppedFor: () => StopReason | null;
  readonly dispose: () => void;
}

/** The ways in which a run is brought to its end. What is asked for before the program runs is done as soon as it does. */
function createControl(): Control {
  let attached: Attached | null = null;
  let stoppedFor: StopReason | null = null;
  let wanted: 'finish' | 'end' | null = null;
  let timer: NodeJS.Timeout | undefined;

  const endIn = (delayMs: number, reason: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => void attached?.process.stop(reason), delayMs);
  };
  const end = (reason: string) => {
    wanted = 'end';
    if (attached === null) return;
    const { launch, tracker, process } = attached;
    tracker.cancelQuestions();
    if (launch.conversation.interrupt === undefined) void process.stop(reason);
    else {
      launch.conversation.interrupt();
      endIn(PROTOCOL_GRACE_MS, reason);
    }
  };
  const finish = () => {
    if (wanted === 'end') return;
    wanted = 'finish';
    attached?.input.end();
    if (attached !== null) endIn(FINISH_GRACE_MS, 'finished');
  };
  return {
    attach(now) {
      attached = now;
      if (wanted === 'end') end(stoppedFor ?? 'watchdog');
      if (wanted === 'finish') finish();
    },
    stop(reason) {
      if (stoppedFor !== null) return;
      if (attached?.tracker.facts().terminal == null) stoppedFor = reason;
      end(reason);
    },
    finish,
    endForTrip: () => end('watchdog'),
    stoppedFor: () => stoppedFor,
    dispose: () => clearTimeout(timer),
  };
}

interface Ended {
  readonly parts: AgentParts;
  readonly tracker: Tracker;
  readonly control: Control;
  readonly exit: ProcessExit;
}

function conclude({ parts, tracker, control, exit }: Ended): ExecutorOutcome {
  control.dispose();
  tracker.dispose();
  const facts = tracker.facts();
  const verdicts = judgeRun({
    rows: parts.driver.outcomes,
    facts,
    exit,
    trip: tracker.tripped(),
    stoppedFor: control.stoppedFor(),
  });
  return {
    ...verdicts,
    questions: facts.questions,
    usage: facts.usage,
    exitCode: exit.exitCode,
    signal: exit.signal,
    session: facts.session,
    leftoverCount: exit.leftovers.ended.length + exit.leftovers.killed.length,
    problems: leftoverProblems(exit.leftovers),
  };
}

function describeInvocation(
  { profile, profileHash }: AgentParts,
  { launch, located, task }: { readonly launch: Launch; readonly located: LocatedProgram; readonly task: ExecutorTask },
): Invocation {
  return {
    argv: launch.argv.map(task.redact),
    program: located.program[0],
    version: located.version,
    model: profile.model,
    profile: profile.name,
    profileHash,
  };
}
