import type { AgentName, ExecutorProfile } from '../../../contract/executor-profile.ts';

/** What people call who works for them: what its profile says, the vendor's name, or the profile's own. */
export const agentTitle = ({ title, agent, name }: Pick<ExecutorProfile, 'title' | 'agent' | 'name'>): string =>
  title || (VENDORS.get(agent) ?? name);

/** Agents that are one program; the others are whatever a profile makes of them. */
const VENDORS: ReadonlyMap<string, string> = new Map<AgentName, string>([
  ['codex', 'Codex'],
  ['claude', 'Claude'],
  ['qwen', 'Qwen Code'],
  ['gemini', 'Gemini CLI'],
  ['opencode', 'opencode'],
]);
