import type { Setting } from './setting.ts';

/**
 * The variables that simulate one agent. The first is the one to use; further ones are inherited. `command` is in no
 * row: what it runs is declared by the task and never pretended.
 */
export const SIMULATION_VARIABLES = {
  codex: ['CODEX_SIMULATION_MODE'],
  claude: ['CLAUDE_SIMULATION_MODE'],
  qwen: ['QWEN_SIMULATION_MODE'],
  gemini: ['GEMINI_SIMULATION_MODE'],
  opencode: ['OPENCODE_SIMULATION_MODE'],
  acp: ['ACP_SIMULATION_MODE'],
  'openclaw-acpx': ['OPENCLAW_ACPX_SIMULATION_MODE', 'OPENCLAW-ACPX_SIMULATION_MODE'],
  'ide-chat': ['IDE_SIMULATION_MODE'],
} as const;

export type SimulatedAgent = keyof typeof SIMULATION_VARIABLES;

export interface SimulationSettings {
  readonly all: Setting<boolean>;
  readonly agents: Readonly<Record<SimulatedAgent, Setting<boolean>>>;
}

/** Whether the settings simulate an agent; never what is none. */
export function isSimulated({ all, agents }: SimulationSettings, agent: string): boolean {
  const own = Object.entries(agents).find(([name]) => name === agent)?.[1];
  return own !== undefined && (all.value || own.value);
}
