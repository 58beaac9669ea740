import type { ExecutorProfile } from '../../../../contract/executor-profile.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { Variables } from '../process/executor-environment.ts';
import type { AgentDriver } from './agent/agent.ts';
import { findProgram } from './find-program.ts';

export interface WantedProgram {
  readonly profile: Pick<ExecutorProfile, 'program'>;
  readonly driver: Pick<AgentDriver, 'programNames' | 'programVariable'>;
  readonly env: Variables;
}

/**
 * The program behind a profile, with the arguments that come before all others. Null: its agent has no program. An error
 * says what was looked for, and what to install or set.
 */
export async function locateProgram(
  wanted: WantedProgram,
): Promise<Result<readonly [string, ...string[]] | null, string>> {
  const { names, args, from } = whatToFind(wanted);
  if (names.length === 0) return ok(null);
  for (const name of names) {
    const path = await findProgram(name, wanted.env['PATH'] ?? '');
    if (path !== null) return ok([path, ...args]);
  }
  return err(`${notFound(names, from)}: ${advice(wanted, names)}`);
}

interface Search {
  readonly names: readonly string[];
  readonly args: readonly string[];
  /** What says so; null: nobody, these are the vendor's usual names. */
  readonly from: string | null;
}

function whatToFind({ profile, driver, env }: WantedProgram): Search {
  const [named, ...args] = profile.program;
  if (named !== undefined) return { names: [named], args, from: 'the profile names' };
  const variable = driver.programVariable;
  const set = variable === null ? '' : (env[variable] ?? '');
  if (set !== '') return { names: [set], args: [], from: `${variable} names` };
  return { names: driver.programNames, args: [], from: null };
}

function notFound(names: readonly string[], from: string | null): string {
  const [name = ''] = names;
  const list = names.map((one) => JSON.stringify(one)).join(' or ');
  const place = name.startsWith('/') ? 'there' : 'in PATH';
  const found = name.startsWith('/') ? 'and no program is' : 'which is not';
  return from === null ? `its program ${list} is not in PATH` : `${from} ${list}, ${found} ${place}`;
}

function advice({ driver }: WantedProgram, names: readonly string[]): string {
  const packages = names.flatMap((name) => PACKAGES[name] ?? []);
  const [found] = packages;
  const install = found === undefined ? 'install it' : `install it (npm install -g ${found})`;
  const variable = driver.programVariable === null ? '' : ` or ${driver.programVariable}`;
  return `${install}, or set "program" of the profile${variable} to where it is`;
}

/** The packages of npm that the vendors' programs come in. */
const PACKAGES: Readonly<Record<string, string>> = {
  codex: '@openai/codex',
  claude: '@anthropic-ai/claude-code',
  qwen: '@qwen-code/qwen-code',
  gemini: '@google/gemini-cli',
  opencode: 'opencode-ai',
  acpx: 'acpx',
  'claude-agent-acp': '@agentclientprotocol/claude-agent-acp',
  'codex-acp': '@agentclientprotocol/codex-acp',
};
