import { join } from 'node:path';
import { PINNED_PROGRAMS } from '../../main/cli/demo/agents/pinned-programs.ts';

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

const pinned = (agent: AgentName): AgentProgram => {
  const { package: name, file, nodeFlags } = PINNED_PROGRAMS[agent];
  const path = join(PROGRAMS_FOLDER, file);
  return nodeFlags === null
    ? { program: path, argvPrefix: [], package: name }
    : { program: OUR_NODE, argvPrefix: [...nodeFlags, path], package: name };
};

const script = (name: string, file: string): AgentProgram => ({
  program: OUR_NODE,
  argvPrefix: [join(PROGRAMS_FOLDER, name, file)],
  package: name,
});

/** What really runs: install scripts only copy or link these files, and launchers do not pass signals on. */
export const PROGRAMS: Readonly<Record<ProgramName, AgentProgram>> = {
  codex: pinned('codex'),
  claude: pinned('claude'),
  gemini: pinned('gemini'),
  qwen: pinned('qwen'),
  opencode: pinned('opencode'),
  'codex-acp': script('@agentclientprotocol/codex-acp', 'dist/index.js'),
  'claude-agent-acp': script('@agentclientprotocol/claude-agent-acp', 'dist/index.js'),
  acpx: script('acpx', 'dist/cli.js'),
};
