import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { agentFor } from './agent-for.ts';
import { HEADLESS } from './headless.ts';
import { killMarked } from './marked-processes.ts';
import type { AgentName } from './programs.ts';
import { makeStage, PROMPT, STDERR_TAIL, saveRecording, stableIn, versionOf } from './recording.ts';
import { type AgentEnd, runAgent } from './run-agent.ts';
import { VARIANTS, type Variant } from './variants.ts';

export interface Recording {
  readonly agent: AgentName;
  /** A scenario, or a variant of this agent. */
  readonly name: string;
  readonly model: ScriptedModel;
  /** For the agent's home and repository. */
  readonly folder: string;
}

/** An agent that asks for ever says the same for ever. */
const LIMIT_MS = 60_000;
const LIMIT_BYTES = 60_000;

/** Gives a line about how it went. */
export async function recordRun({ agent, name, model, folder }: Recording): Promise<string> {
  const variant: Variant = VARIANTS[agent][name] ?? { scenario: name, args: HEADLESS[agent] };
  const { scenario, canAsk = false } = variant;
  const stage = makeStage(folder, `${agent}-${name}`);
  const prepared = agentFor(agent, { scenario, model, folder: stage.own, canAsk, maxRetries: 2 });
  const run = { cwd: stage.repository, prompt: PROMPT };
  const start = (args: readonly string[]): Promise<AgentEnd> =>
    runAgent({ ...prepared, args: [...prepared.argvPrefix, ...args], cwd: stage.repository, timeoutMs: LIMIT_MS });
  const first =
    variant.again === undefined ? null : await start(variant.args({ ...run, prompt: `${PROMPT} REMEMBER=first` }));
  const args = first === null ? variant.args(run) : (variant.again?.(first.stdout, run) ?? []);
  const before = model.requests().length;
  const end = await start(args);
  killMarked(stage.own);
  const stable = stableIn(stage);
  const facts = {
    agent,
    version: versionOf(agent),
    scenario,
    arguments: args.map(stable),
    ...endOf(end),
    modelRequests: model.requests().length - before,
    isFileWritten: existsSync(join(stage.repository, 'hello.txt')),
    stderrTail: stable(end.stderr).slice(-STDERR_TAIL),
  };
  saveRecording({ agent, name, stdout: stable(cut(end.stdout)), facts });
  return `exit ${end.exitCode ?? end.signal}, ${facts.modelRequests} requests, ${end.stdout.length} bytes, file ${facts.isFileWritten}`;
}

const endOf = ({ exitCode, signal, isTimedOut, stdout }: AgentEnd) => ({
  exitCode,
  signal,
  endedBy: isTimedOut ? 'recorder' : 'itself',
  isCut: stdout.length > LIMIT_BYTES,
});

/** Whole lines only. */
const cut = (stdout: string): string =>
  stdout.length <= LIMIT_BYTES ? stdout : stdout.slice(0, stdout.lastIndexOf('\n', LIMIT_BYTES) + 1);
