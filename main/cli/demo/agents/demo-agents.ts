import type { DemoAgentName } from './demo-agent-name.ts';

export interface DemoAgent {
  /** As its vendor calls it. */
  readonly title: string;
  /** Its program in PATH, and the variable that says where it is instead. */
  readonly programName: string;
  readonly programVariable: string;
  /** What the scripted model does: something that the agent asks about first. */
  readonly scenario: string;
  /** What the demo's profile says beside the program, in the words of a profile. */
  readonly profile: Readonly<Record<string, unknown>>;
  /** Arguments of the program itself, which an agent of the Agent Client Protocol is started with. */
  readonly programArgs: readonly string[];
}

const acp = (sandbox: string | null) => ({ agent: 'acp', ...(sandbox === null ? {} : { sandbox }) });

/** How each vendor's program is made to ask: by the interface that can. */
export const DEMO_AGENT_FACTS: Readonly<Record<DemoAgentName, DemoAgent>> = {
  codex: {
    title: 'OpenAI Codex',
    programName: 'codex',
    programVariable: 'CODEX_BINARY',
    // It edits within its sandbox without asking, and asks before it leaves that.
    scenario: 'escalate',
    profile: { agent: 'codex', transport: 'app-server', sandbox: 'workspace-write' },
    programArgs: [],
  },
  claude: {
    title: 'Claude Code',
    programName: 'claude',
    programVariable: 'CLAUDE_BINARY',
    scenario: 'write',
    profile: { agent: 'claude', transport: 'stream-json', sandbox: 'default' },
    programArgs: [],
  },
  opencode: {
    title: 'opencode',
    programName: 'opencode',
    programVariable: 'OPENCODE_BINARY',
    scenario: 'write',
    profile: acp(null),
    programArgs: ['acp', '--pure'],
  },
  gemini: {
    title: 'Gemini CLI',
    programName: 'gemini',
    programVariable: 'GEMINI_BINARY',
    scenario: 'write',
    profile: acp('default'),
    // With its own choice of a model it asks the model which one to ask.
    programArgs: ['--acp', '--skip-trust', '-m', 'gemini-2.5-flash'],
  },
  qwen: {
    title: 'Qwen Code',
    programName: 'qwen',
    programVariable: 'QWEN_BINARY',
    scenario: 'write',
    profile: acp('default'),
    programArgs: ['--acp', '--auth-type', 'openai', '-m', 'scripted-model'],
  },
};
