import type { AgentName } from './programs.ts';
import { words } from './words.ts';

export interface HeadlessRun {
  readonly cwd: string;
  readonly prompt: string;
}

/** The arguments (after the prefix) of a run without a terminal, in which the agent may do all and asks nobody. */
export const HEADLESS: Readonly<Record<AgentName, (run: HeadlessRun) => readonly string[]>> = {
  codex: ({ cwd, prompt }) => ['exec', '--json', '--skip-git-repo-check', '-C', cwd, prompt],
  claude: ({ prompt }) => [
    '-p',
    prompt,
    '--setting-sources',
    '',
    ...words('--output-format stream-json --verbose --include-partial-messages --permission-mode acceptEdits'),
    ...words('--allowedTools Write,Edit,Bash --strict-mcp-config --model claude-scripted-model'),
  ],
  gemini: ({ prompt }) => [
    '-p',
    prompt,
    '-m',
    GEMINI_MODEL,
    ...words('-o stream-json --approval-mode yolo --skip-trust'),
  ],
  qwen: ({ prompt }) => [
    '-p',
    prompt,
    ...words('-o stream-json --include-partial-messages --approval-mode yolo --auth-type openai -m scripted-model'),
  ],
  opencode: ({ prompt }) => [...words('run --pure --format json --title t -m scripted/scripted-model'), prompt],
};

/** A name that Gemini CLI knows: with `auto` it asks the model which model to ask. */
export const GEMINI_MODEL = 'gemini-2.5-flash';
