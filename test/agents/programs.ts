import { join } from 'node:path';

export const AGENTS = ['codex', 'claude', 'gemini', 'qwen', 'opencode'] as const;
export type AgentName = (typeof AGENTS)[number];
/** Programs that speak for an agent: to it over ACP, or as a client of it. */
export type BridgeName = 'codex-acp' | 'claude-agent-acp' | 'acpx';
export type ProgramName = AgentName | BridgeName;

export interface AgentProgram {
  /** An absolute path. */
  readonly program: string;
  /** What comes before all other arguments: the file, where `program` is our Node. */
  readonly argvPrefix: readonly string[];
  /** Of package.json: its version is the version of the program. */
  readonly package: string;
}

export const PROGRAMS_FOLDER = join(import.meta.dirname, 'node_modules');
export const OUR_NODE = join(import.meta.dirname, '../../node_modules/.bin/node');

const binary = (name: string, file: string): AgentProgram => ({
  program: join(PROGRAMS_FOLDER, file),
  argvPrefix: [],
  package: name,
});

const script = (name: string, file: string, flags: readonly string[] = []): AgentProgram => ({
  program: OUR_NODE,
  argvPrefix: [...flags, join(PROGRAMS_FOLDER, name, file)],
  package: name,
});

/** What really runs: install scripts only copy or link these files, and launchers do not pass signals on. */
export const PROGRAMS: Readonly<Record<ProgramName, AgentProgram>> = {
  codex: binary('@openai/codex', '@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex'),
  claude: binary('@anthropic-ai/claude-code', '@anthropic-ai/claude-code-linux-x64/claude'),
  gemini: script('@google/gemini-cli', 'bundle/gemini.js'),
  // Its own launcher would start Node anew with this flag.
  qwen: script('@qwen-code/qwen-code', 'cli.js', ['--expose-gc']),
  opencode: binary('opencode-linux-x64', 'opencode-linux-x64/bin/opencode'),
  'codex-acp': script('@agentclientprotocol/codex-acp', 'dist/index.js'),
  'claude-agent-acp': script('@agentclientprotocol/claude-agent-acp', 'dist/index.js'),
  acpx: script('acpx', 'dist/cli.js'),
};
