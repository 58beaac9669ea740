import type { ExecutorProfile } from '../../../contract/executor-profile.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { AgentDriver } from '../adapters/executors/agent/agent.ts';
import { createAgentExecutor } from '../adapters/executors/agent/run-agent.ts';
import { createCommandExecutor } from '../adapters/executors/command.ts';
import type { Executor } from '../adapters/executors/executor.ts';
import { createIdeChatExecutor } from '../adapters/executors/ide-chat/ide-chat.ts';
import { locateProgram } from '../adapters/executors/locate-program.ts';
import { type ProgramFacts, probeProgram } from '../adapters/executors/probe-executor.ts';
import { type AskVersion, createVersions } from '../adapters/executors/program-version.ts';
import { driverOf } from '../adapters/executors/registry.ts';
import { simulationExecutor } from '../adapters/executors/simulation.ts';
import type { ProcessHost } from '../adapters/process/supervise.ts';
import { isSimulatedAgent } from '../domain/choose-executor.ts';
import type { ExecutorShelf, ListedExecutor, UsableExecutor } from '../domain/executor-shelf.ts';
import type { ExecutorProbe, Executors } from '../services/ports/executors.ts';

export interface ExecutorParts {
  readonly host: ProcessHost;
  readonly shelf: () => ExecutorShelf;
  /** What a program gets to see that is only looked at. */
  readonly environment: () => Variables;
  /** The daemon's own variables, which profiles take values from. */
  readonly own: Readonly<Record<string, string | undefined>>;
  readonly isSimulated: (agent: string) => boolean;
}

type Variables = Readonly<Record<string, string>>;

/** Maps profiles to whoever drives their programs. */
export function composeExecutors(parts: ExecutorParts): Executors {
  const askVersion = createVersions();
  const usable = (name: string): UsableExecutor | null => {
    const listed = parts.shelf().executors.get(name);
    return listed === undefined || listed.profile === null ? null : listed;
  };
  return {
    shelf: parts.shelf,
    find(name, mode) {
      if (mode === 'simulation') return simulationExecutor;
      const executor = usable(name);
      return executor === null ? null : executorOf({ ...parts, askVersion }, executor);
    },
    environment(name) {
      const executor = usable(name);
      return executor === null ? err(`there is no executor ${name}`) : variablesOf(executor.profile, parts.own);
    },
    whyUnavailable: (executor) => whyUnavailable(parts, executor),
    probe: (executor, { anew } = { anew: false }) => probe({ ...parts, askVersion }, executor, anew),
  };
}

type Parts = ExecutorParts & { readonly askVersion: AskVersion };

function executorOf(
  { host, askVersion }: Parts,
  { name, source, profile, profileHash }: UsableExecutor,
): Executor | null {
  if (profile.agent === 'command') {
    return createCommandExecutor(host, source.kind === 'built in' ? null : { name, profileHash });
  }
  if (profile.agent === 'ide-chat') return createIdeChatExecutor(name);
  const driver = driverOf(profile.agent, profile.transport);
  if (driver === null) return null;
  return createAgentExecutor({
    host,
    driver,
    profile,
    profileHash,
    locate: (env) => locate({ profile, driver, env }, askVersion),
  });
}

async function locate(wanted: Parameters<typeof locateProgram>[0], askVersion: AskVersion) {
  const located = await locateProgram(wanted);
  if (!located.ok) return err({ summary: located.error });
  if (located.value === null) return err({ summary: 'its agent has no program' });
  const version = await askVersion({ program: located.value, env: wanted.env, anew: false });
  return ok({ program: located.value, version });
}

/** The variables that a profile names. A source that is not set keeps the program from starting: it would only fail later. */
function variablesOf(profile: ExecutorProfile, own: ExecutorParts['own']): Result<Variables, string> {
  const pairs = Object.entries(profile.environment).map(([name, source]) => ({ name, source, value: own[source] }));
  const missing = pairs.find(({ value }) => value === undefined || value === '');
  if (missing !== undefined) {
    const { name, source } = missing;
    return err(
      `the variable ${source}, from which profile "${profile.name}" takes ${name}, is not set where the daemon was started`,
    );
  }
  return ok(Object.fromEntries(pairs.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))));
}

/** Those that are missing do not hide what else can be seen. */
function visibleTo(profile: ExecutorProfile, { environment, own }: ExecutorParts): Variables {
  const added = Object.entries(profile.environment).flatMap(([name, source]) => {
    const value = own[source];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...environment(), ...Object.fromEntries(added) };
}

async function whyUnavailable(parts: ExecutorParts, { profile }: UsableExecutor): Promise<string | null> {
  if (profile.agent === 'command' || profile.agent === 'ide-chat') return null;
  const driver = driverOf(profile.agent, profile.transport);
  if (driver === null) return notDriven(profile);
  const variables = variablesOf(profile, parts.own);
  if (!variables.ok) return variables.error;
  const located = await locateProgram({ profile, driver, env: visibleTo(profile, parts) });
  return located.ok ? null : located.error;
}

const notDriven = ({ agent, transport }: ExecutorProfile): string =>
  `this version cannot drive ${agent} by ${transport}`;

async function probe(parts: Parts, executor: ListedExecutor, anew: boolean): Promise<ExecutorProbe> {
  const { name, profile } = executor;
  if (profile === null) return { ...nothingKnown, name, agent: '', mode: null, detail: executor.problems.join('; ') };
  const { agent, description } = profile;
  if (agent === 'simulation') return { ...nothingKnown, name, agent, mode: 'simulation', detail: description };
  if (agent === 'command') {
    const program = { path: SHELL, version: null };
    return { ...nothingKnown, name, agent, mode: 'real', program, canAsk: false, detail: description };
  }
  const driver = driverOf(agent, profile.transport);
  const isSimulated = isSimulatedAgent(agent, parts.isSimulated);
  if (agent === 'ide-chat' && !isSimulated) return { ...nothingKnown, name, agent, mode: 'real', detail: description };
  if (driver === null) {
    const detail = isSimulated ? SIMULATED : notDriven(profile);
    return { ...nothingKnown, name, agent, mode: isSimulated ? 'simulation' : null, sandbox: profile.sandbox, detail };
  }
  const facts = await probeProgram({
    profile,
    driver,
    env: visibleTo(profile, parts),
    askVersion: parts.askVersion,
    anew,
  });
  const variables = variablesOf(profile, parts.own);
  const missing = facts.missing ?? (variables.ok ? null : variables.error);
  const { program, isLoggedIn } = facts;
  const known = { name, agent, program, isLoggedIn, sandbox: profile.sandbox, canAsk: driver.canAsk };
  if (isSimulated) return { ...known, mode: 'simulation', detail: SIMULATED };
  return { ...known, mode: missing === null ? 'real' : null, detail: missing ?? describe(driver, facts) };
}

const SHELL = '/bin/sh';
const SIMULATED = 'is simulated, as the settings say: no program is run';
const nothingKnown = { program: null, isLoggedIn: null, sandbox: null, canAsk: null } as const;

function describe({ canAsk }: AgentDriver, { isLoggedIn }: ProgramFacts): string {
  const asks = canAsk ? 'asks for permission' : 'cannot ask; denied actions fail the step';
  return isLoggedIn === false ? `${asks}; nobody is logged in` : asks;
}
