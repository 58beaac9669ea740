import { createCommandExecutor } from '../adapters/executors/command.ts';
import { type FoundProgram, findProgram } from '../adapters/executors/find-program.ts';
import { simulationExecutor } from '../adapters/executors/simulation.ts';
import type { ProcessHost } from '../adapters/process/supervise.ts';
import { EXECUTOR_NAMES, type ExecutorName } from '../domain/choose-executor.ts';
import type { ExecutorProbe, Executors } from '../services/ports/executors.ts';

export interface ExecutorParts {
  readonly host: ProcessHost;
  /** What a program gets to see that is only asked for its version. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly isSimulated: (name: string) => boolean;
  readonly clock: () => number;
}

export function composeExecutors(parts: ExecutorParts): Executors {
  const command = createCommandExecutor(parts.host);
  return {
    find: (name, mode) => {
      if (mode === 'simulation') return simulationExecutor;
      return name === command.name ? command : null;
    },
    probe: keepForAWhile(parts.clock, () => Promise.all(EXECUTOR_NAMES.map((name) => probeOne(parts, name)))),
  };
}

const KEPT_MS = 30_000;

/** Whoever asks meanwhile gets the same answer: probing starts programs. */
function keepForAWhile<T>(clock: () => number, ask: () => Promise<T>): () => Promise<T> {
  let kept: { readonly answer: Promise<T>; readonly untilMs: number } | null = null;
  return () => {
    if (kept === null || clock() >= kept.untilMs) kept = { answer: ask(), untilMs: clock() + KEPT_MS };
    return kept.answer;
  };
}

const SHELL = '/bin/sh';

/** The programs behind the agents, and the variable with which each can be called by another name or path. */
const PROGRAMS = {
  codex: { name: 'codex', variable: 'CODEX_BINARY' },
  claude: { name: 'claude', variable: 'CLAUDE_BINARY' },
  qwen: { name: 'qwen', variable: 'QWEN_BINARY' },
  'openclaw-acpx': { name: 'acpx', variable: 'OPENCLAW_ACPX_BINARY' },
  'ide-chat': null,
} as const;

async function probeOne(parts: ExecutorParts, name: ExecutorName): Promise<ExecutorProbe> {
  if (name === 'simulation') {
    return { name, mode: 'simulation', program: null, detail: 'does what the task lists and runs no program' };
  }
  if (name === 'command') {
    const detail = 'runs the steps of the recipe in the task, and never its goal';
    return { name, mode: 'real', program: { path: SHELL, version: null }, detail };
  }
  const environment = parts.environment();
  const known = PROGRAMS[name];
  const program = known === null ? null : await findProgram(environment[known.variable] ?? known.name, environment);
  const isSimulated = parts.isSimulated(name);
  return { name, mode: isSimulated ? 'simulation' : null, program, detail: detailOf(isSimulated, program) };
}

function detailOf(isSimulated: boolean, program: FoundProgram | null): string {
  if (isSimulated) return 'is simulated, as the settings say: no program is run';
  const found =
    program === null
      ? 'no program of it was found, and this version could not drive one'
      : 'its program is here, but this version cannot drive it';
  return `${found}: use command with a recipe, or simulate it`;
}
