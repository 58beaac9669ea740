import type { AgentName } from './programs.ts';

export interface HeadlessRun {
  readonly cwd: string;
  readonly prompt: string;
}

/** The arguments (after the prefix) of a run without a terminal, in which the agent may do all and asks nobody. */
export const HEADLESS: Readonly<Record<AgentName, (run: HeadlessRun) => readonly string[]>> = {
  codex: ({ cwd, prompt }) => ['exec', '--json', '--skip-git-repo-check', '-C', cwd, prompt],
  // prettier-ignore
  claude: ({ prompt }) => [
    '-p',
    prompt,
    '--output-format',
    'stream-json',
    '--verbose',
    '--include-partial-messages',
    '--permission-mode',
    'acceptEdits',
    '--allowedTools',
    'Write,Edit,Bash',
    '--strict-mcp-config',
    '--setting-sources',
    '',
    '--model',
    'claude-scripted-model',
  ],
  gemini: ({ prompt }) => [
    '-p',
    prompt,
    '-o',
    'stream-json',
    '--approval-mode',
    'yolo',
    '--skip-trust',
    '-m',
    GEMINI_MODEL,
  ],
  qwen: ({ prompt }) => [
    ...['-p', prompt, '-o', 'stream-json', '--include-partial-messages', '--approval-mode', 'yolo'],
    ...['--auth-type', 'openai', '-m', 'scripted-model'],
  ],
  opencode: ({ prompt }) => [
    'run',
    '--pure',
    '--format',
    'json',
    '--title',
    't',
    '-m',
    'scripted/scripted-model',
    prompt,
  ],
};

/** A name that Gemini CLI knows: with `auto` it asks the model which model to ask. */
export const GEMINI_MODEL = 'gemini-2.5-flash';
