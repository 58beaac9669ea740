import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { HEADLESS } from './headless.ts';
import { makeHome } from './homes.ts';
import { type AgentName, PROGRAMS, PROGRAMS_FOLDER } from './programs.ts';
import { type AgentEnd, runAgent } from './run-agent.ts';
import { stabilizer } from './stable-text.ts';
import { VARIANTS } from './variants.ts';

export interface Recording {
  readonly agent: AgentName;
  /** Or the name of a variant of this agent. */
  readonly name: string;
  readonly model: ScriptedModel;
  /** For the agent's home and repository. */
  readonly folder: string;
}

const RECORDINGS = join(import.meta.dirname, '../fixtures/agents');
/** An agent that asks for ever says the same for ever. */
const LIMIT_MS = 60_000;
const LIMIT_BYTES = 60_000;
const STDERR_TAIL = 2_000;

/** Gives a line about how it went. */
export async function recordRun({ agent, name, model, folder }: Recording): Promise<string> {
  const { scenario, args: argsOf, canAsk = false } = VARIANTS[agent][name] ?? { scenario: name, args: HEADLESS[agent] };
  const own = mkdtempSync(join(folder, `${agent}-${name}-`));
  const repository = join(own, 'repository');
  mkdirSync(repository);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository]);
  const env = makeHome(agent, { folder: own, baseUrl: model.baseUrl(scenario), canAsk, maxRetries: 2 });
  const { program, argvPrefix } = PROGRAMS[agent];
  const prompt = 'Create the file hello.txt. WRITE_FILE=hello.txt';
  const args = argsOf({ cwd: repository, prompt });
  const before = model.requests().length;
  const end = await runAgent({ program, args: [...argvPrefix, ...args], cwd: repository, env, timeoutMs: LIMIT_MS });
  const stable = stabilizer([
    { path: repository, name: '/work/repository' },
    { path: join(own, 'home'), name: '/home/someone' },
    { path: join(own, 'tmp'), name: '/tmp/someone' },
    { path: PROGRAMS_FOLDER, name: '/programs' },
    { path: process.execPath, name: '/usr/bin/node' },
  ]);
  const facts = {
    agent,
    version: versionOf(agent),
    scenario,
    arguments: args.map(stable),
    ...endOf(end),
    modelRequests: model.requests().length - before,
    isFileWritten: existsSync(join(repository, 'hello.txt')),
    stderrTail: stable(end.stderr).slice(-STDERR_TAIL),
  };
  save(join(RECORDINGS, agent), name, { stdout: stable(cut(end.stdout)), facts });
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

function versionOf(agent: AgentName): string {
  const manifest = readFileSync(join(PROGRAMS_FOLDER, PROGRAMS[agent].package, 'package.json'), 'utf8');
  return String(JSON.parse(manifest).version);
}

interface Saved {
  readonly stdout: string;
  readonly facts: object;
}

function save(folder: string, name: string, { stdout, facts }: Saved): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.jsonl`), stdout);
  writeFileSync(join(folder, `${name}.end.json`), `${JSON.stringify(facts, null, 2)}\n`);
}
