/** The vendors whose programs work with the scripted model. */
export const DEMO_AGENTS = ['codex', 'claude', 'opencode', 'gemini', 'qwen'] as const;
export type DemoAgentName = (typeof DEMO_AGENTS)[number];

export const isDemoAgent = (name: string): name is DemoAgentName => DEMO_AGENTS.some((known) => known === name);
