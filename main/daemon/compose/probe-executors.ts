import type { ExecutorProfile } from '../../../contract/executor-profile.ts';
import type { AgentDriver } from '../adapters/executors/agent/agent.ts';
import { locateProgram } from '../adapters/executors/locate-program.ts';
import { isNamedElsewhere } from '../adapters/executors/named-elsewhere.ts';
import { probeProgram } from '../adapters/executors/probe-executor.ts';
import type { AskVersion } from '../adapters/executors/program-version.ts';
import { driverOf } from '../adapters/executors/registry.ts';
import type { Variables } from '../adapters/process/executor-environment.ts';
import { isSimulatedAgent } from '../domain/choose-executor.ts';
import type { ListedExecutor, UsableExecutor } from '../domain/executor-shelf.ts';
import type { ExecutorProbe, HowToProbe } from '../services/ports/executors.ts';
import { type OwnVariables, variablesOf, visibleTo } from './profile-variables.ts';

export interface ProbeParts {
  /** What a program gets to see that is only looked at. */
  readonly environment: () => Variables;
  readonly own: OwnVariables;
  readonly isSimulated: (agent: string) => boolean;
  readonly askVersion: AskVersion;
  readonly repoRoot: string;
}

/** What to install or set before an executor can run for real; null: it can. */
export async function whyUnavailable(parts: ProbeParts, { profile }: UsableExecutor): Promise<string | null> {
  const variables = variablesOf(profile, parts.own);
  if (!variables.ok) return variables.error;
  if (hasNoProgram(profile)) return null;
  const driver = driverOf(profile.agent, profile.transport);
  if (driver === null) return notDriven(profile);
  const located = await locateProgram({ profile, driver, env: visibleTo(profile, parts) });
  return located.ok ? null : located.error;
}

/** The shell of a recipe is always there, and a chat is a person's. */
const hasNoProgram = ({ agent }: ExecutorProfile): boolean =>
  agent === 'command' || agent === 'ide-chat' || agent === 'simulation';

const notDriven = ({ agent, transport }: ExecutorProfile): string =>
  `this version cannot drive ${agent} by ${transport}`;

/** Looks for the program behind an executor. */
export async function probeExecutor(
  parts: ProbeParts,
  executor: ListedExecutor,
  how: HowToProbe,
): Promise<ExecutorProbe> {
  const { name, profile } = executor;
  if (profile === null) return { ...NOTHING_KNOWN, name, agent: '', mode: null, detail: executor.problems.join('; ') };
  const seen = hasNoProgram(profile) ? seenWithoutProgram(parts, profile) : await seenProgram(parts, executor, how);
  const isSimulated = isSimulatedAgent(profile.agent, parts.isSimulated);
  return { ...seen, name, agent: profile.agent, ...(isSimulated ? SIMULATED : {}) };
}

type Seen = Omit<ExecutorProbe, 'name' | 'agent'>;

const NOTHING_KNOWN = { program: null, isLoggedIn: null, sandbox: null, canAsk: null } as const;
const SIMULATED = { mode: 'simulation', detail: 'is simulated, as the settings say: no program is run' } as const;
const SHELL = { path: '/bin/sh', version: null };

function seenWithoutProgram({ own }: ProbeParts, profile: ExecutorProfile): Seen {
  const { agent, description } = profile;
  const variables = variablesOf(profile, own);
  if (!variables.ok) return { ...NOTHING_KNOWN, mode: null, detail: variables.error };
  if (agent !== 'command')
    return { ...NOTHING_KNOWN, mode: agent === 'simulation' ? agent : 'real', detail: description };
  return { ...NOTHING_KNOWN, mode: 'real', program: SHELL, canAsk: false, detail: description };
}

async function seenProgram(
  parts: ProbeParts,
  { name, source, profile }: UsableExecutor,
  { anew, mayRunAny }: HowToProbe,
): Promise<Seen> {
  const { sandbox } = profile;
  const driver = driverOf(profile.agent, profile.transport);
  if (driver === null) return { ...NOTHING_KNOWN, sandbox, mode: null, detail: notDriven(profile) };
  const { askVersion, own, repoRoot } = parts;
  const mayRun = async (located: readonly [string, ...string[]]) =>
    mayRunAny || source.kind !== 'repository' || isNamedElsewhere({ named: profile.program, located, repoRoot });
  const facts = await probeProgram({ profile, driver, env: visibleTo(profile, parts), askVersion, anew, mayRun });
  const variables = variablesOf(profile, own);
  const { program, isLoggedIn } = facts;
  const missing = facts.missing ?? (variables.ok ? null : variables.error);
  const seen = { program, isLoggedIn, sandbox, canAsk: driver.canAsk };
  return {
    ...seen,
    mode: missing === null ? 'real' : null,
    detail: missing ?? (facts.isUntried ? untried(name) : describe(driver, isLoggedIn)),
  };
}

const untried = (name: string): string =>
  `its program is named by this repository and was not tried: "executor probe ${name}" runs it for its version`;

function describe({ canAsk }: AgentDriver, isLoggedIn: boolean | null): string {
  const asks = canAsk ? 'asks for permission' : 'cannot ask; denied actions fail the step';
  return isLoggedIn === false ? `${asks}; nobody is logged in` : asks;
}
