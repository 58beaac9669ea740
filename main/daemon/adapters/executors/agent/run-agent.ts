import type { ExecutorProfile, Invocation } from '../../../../../contract/executor-profile.ts';
import { ok, type Result } from '../../../../../contract/result.ts';
import type { Variables } from '../../process/executor-environment.ts';
import { leftoverProblems } from '../../process/leftover-problems.ts';
import type { ProcessExit, ProcessHost } from '../../process/supervise.ts';
import type { Executor, ExecutorOutcome, ExecutorRun, ExecutorStartError, ExecutorTask } from '../executor.ts';
import type { AgentDriver, Launch } from './agent.ts';
import { judgeRun } from './judge-run.ts';
import { createRunControl, type RunControl } from './run-control.ts';
import { startProgram } from './start-program.ts';
import { createTracker, type Tracker } from './tracker.ts';

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

/** Runs a vendor's program for a task: its stream is understood by the driver, its end judged by the driver's table. */
export function createAgentExecutor(parts: AgentParts): Executor {
  const { canResume } = parts.driver;
  return { name: parts.profile.name, agent: { canResume }, start: (task) => startAgent(parts, task) };
}

async function startAgent(parts: AgentParts, task: ExecutorTask): Promise<Result<ExecutorRun, ExecutorStartError>> {
  const { driver, profile, host } = parts;
  const located = await parts.locate(task.env);
  if (!located.ok) return located;
  const control = createRunControl();
  const { limits } = profile;
  const tracker = createTracker({ task, limits, onTrip: control.endForTrip, onFinish: control.finish });
  const order = { task, profile, program: located.value.program, listener: tracker.listener };
  const launch = await driver.launch(order);
  if (!launch.ok) return dispose(tracker, launch);
  const { conversation } = launch.value;
  const started = await startProgram(host, { task, launch: launch.value, tracker });
  if (!started.ok) return dispose(tracker, started);
  const { process, input, flush } = started.value;
  const interrupt = conversation.interrupt?.bind(conversation);
  control.attach({
    process,
    input,
    tracker,
    conversation: interrupt === undefined ? {} : { interrupt: () => tracker.guard(interrupt) },
  });
  tracker.guard(() => conversation.begin?.(input));
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

interface Ended {
  readonly parts: AgentParts;
  readonly tracker: Tracker;
  readonly control: RunControl;
  readonly exit: ProcessExit;
}

function conclude({ parts, tracker, control, exit }: Ended): ExecutorOutcome {
  control.dispose();
  tracker.dispose();
  const facts = tracker.facts();
  const verdicts = judgeRun({
    rows: parts.driver.outcomes,
    facts,
    // Whom we ended after its last word tells nothing by the way it went.
    exit: exit.stoppedFor !== null && facts.terminal !== null ? ENDED_WELL : exit,
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
    model: facts.model,
    leftoverCount: exit.leftovers.ended.length + exit.leftovers.killed.length,
    doubts: facts.doubts,
    problems: leftoverProblems(exit.leftovers),
  };
}

const ENDED_WELL = { exitCode: 0, signal: null } as const;

function describeInvocation(
  { profile, profileHash }: AgentParts,
  { launch, located, task }: { readonly launch: Launch; readonly located: LocatedProgram; readonly task: ExecutorTask },
): Invocation {
  return {
    argv: launch.argv.map(task.redact),
    program: located.program[0],
    version: located.version,
    model: profile.model,
    reportedModel: null,
    profile: profile.name,
    profileHash,
  };
}
