import { GEMINI_MODEL } from '../headless.ts';
import type { ProgramName } from '../programs.ts';
import { playAcp } from './acp.ts';
import { playAppServer } from './app-server.ts';
import { CLAUDE_STDIO, playClaude } from './claude-stdio.ts';
import type { Part, Played } from './play.ts';

/** A way to talk with an agent while it works. */
export interface Transport {
  readonly program: ProgramName;
  readonly args: (cwd: string) => readonly string[];
  readonly play: (part: Part) => Promise<Played>;
}

/** `mode`: what the agent has to be told so that it asks. */
const acp = (program: ProgramName, args: Transport['args'], mode: string | null = null): Transport => ({
  program,
  args,
  play: (part) => playAcp({ ...part, mode }),
});

export const TRANSPORTS: Readonly<Record<string, Transport>> = {
  'codex-app-server': { program: 'codex', args: () => ['app-server'], play: playAppServer },
  'claude-stdio': { program: 'claude', args: () => CLAUDE_STDIO, play: playClaude },
  'acp-gemini': acp('gemini', () => ['--acp', '--skip-trust', '-m', GEMINI_MODEL]),
  'acp-qwen': acp('qwen', () => ['--acp', '--auth-type', 'openai', '-m', 'scripted-model'], 'default'),
  'acp-opencode': acp('opencode', (cwd) => ['acp', '--pure', '--cwd', cwd]),
  'acp-claude': acp('claude-agent-acp', () => []),
  'acp-codex': acp('codex-acp', () => [], 'workspace-write'),
};
