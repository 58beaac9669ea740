import { err, ok } from '../../../contract/result.ts';
import { createAgentExecutor } from '../adapters/executors/agent/run-agent.ts';
import { createCommandExecutor } from '../adapters/executors/command.ts';
import type { Executor } from '../adapters/executors/executor.ts';
import { createIdeChatExecutor } from '../adapters/executors/ide-chat/ide-chat.ts';
import { locateProgram } from '../adapters/executors/locate-program.ts';
import { type AskVersion, createVersions } from '../adapters/executors/program-version.ts';
import { driverOf } from '../adapters/executors/registry.ts';
import { simulationExecutor } from '../adapters/executors/simulation.ts';
import type { ProcessHost } from '../adapters/process/supervise.ts';
import { createOpenTerminals, type OpenTerminals } from '../adapters/terminal/open-terminals.ts';
import type { ExecutorShelf, UsableExecutor } from '../domain/executor-shelf.ts';
import type { Executors, HowToProbe } from '../services/ports/executors.ts';
import { type ProbeParts, probeExecutor, whyUnavailable } from './probe-executors.ts';
import { variablesOf } from './profile-variables.ts';

const JUST_LOOK: HowToProbe = { anew: false, mayRunAny: false };

export interface ExecutorParts extends Omit<ProbeParts, 'askVersion'> {
  readonly host: ProcessHost;
  readonly shelf: () => ExecutorShelf;
}

/** Maps profiles to whoever drives their programs. */
export function composeExecutors(given: ExecutorParts): Executors {
  const parts = { ...given, askVersion: createVersions(), terminals: createOpenTerminals() };
  const usable = (name: string): UsableExecutor | null => {
    const listed = parts.shelf().executors.get(name);
    return listed === undefined || listed.profile === null ? null : listed;
  };
  return {
    shelf: parts.shelf,
    find(name, mode) {
      if (mode === 'simulation') return simulationExecutor;
      const executor = usable(name);
      return executor === null ? null : executorOf(parts, executor);
    },
    environment(name) {
      const executor = usable(name);
      return executor === null ? err(`there is no executor ${name}`) : variablesOf(executor.profile, parts.own);
    },
    terminal: parts.terminals.find,
    whyUnavailable: (executor) => whyUnavailable(parts, executor),
    probe: (executor, how = JUST_LOOK) => probeExecutor(parts, executor, how),
  };
}

function executorOf(
  { host, askVersion, terminals }: ExecutorParts & ProbeParts & { readonly terminals: OpenTerminals },
  { name, source, profile, profileHash }: UsableExecutor,
): Executor | null {
  if (profile.agent === 'command') {
    const own = { name, profileHash, terminals: profile.hasTerminal ? terminals : null };
    return createCommandExecutor(host, source.kind === 'built in' ? null : own);
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
  const version = await askVersion({ program: located.value, env: wanted.env, anew: false, mayRun: true });
  return ok({ program: located.value, version });
}
