import type { ScriptedModel } from '../../main/cli/demo/scripted-model/scripted-model.ts';
import { type AgentEnv, makeHome } from './homes.ts';
import { type AgentName, PROGRAMS, type ProgramName } from './programs.ts';

export interface AgentSetting {
  readonly scenario: string;
  readonly model: ScriptedModel;
  /** Empty, and of this agent alone. */
  readonly folder: string;
  readonly canAsk?: boolean;
  readonly maxRetries?: number;
}

export interface PreparedAgent {
  /** An absolute path. */
  readonly program: string;
  /** Before all other arguments. */
  readonly argvPrefix: readonly string[];
  /** All of it: nothing of our own environment is needed beside it. */
  readonly env: AgentEnv;
}

/** Whose home a bridge works with. */
const HOME_OF: Readonly<Record<Exclude<ProgramName, AgentName>, AgentName>> = {
  'codex-acp': 'codex',
  'claude-agent-acp': 'claude',
  acpx: 'opencode',
};

/** A program that is pointed at one scenario of the scripted model, in a home of its own. */
export function agentFor(name: ProgramName, { model, scenario, ...home }: AgentSetting): PreparedAgent {
  const agent = name === 'codex-acp' || name === 'claude-agent-acp' || name === 'acpx' ? HOME_OF[name] : name;
  const { program, argvPrefix } = PROGRAMS[name];
  const env = makeHome(agent, { ...home, baseUrl: model.baseUrl(scenario) });
  return { program, argvPrefix, env: { ...env, ...BRIDGE_ENV[name] } };
}

const BRIDGE_ENV: Readonly<Partial<Record<ProgramName, AgentEnv>>> = {
  // It would start the older Codex that it brings along.
  'codex-acp': { CODEX_PATH: PROGRAMS.codex.program, NO_BROWSER: '1' },
  'claude-agent-acp': { CLAUDE_CODE_EXECUTABLE: PROGRAMS.claude.program },
};
