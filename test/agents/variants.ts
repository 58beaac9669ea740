import { HEADLESS, type HeadlessRun } from './headless.ts';
import type { AgentName } from './programs.ts';

/** A headless run that differs from the usual one in its arguments or its home. */
export interface Variant {
  readonly scenario: string;
  readonly args: (run: HeadlessRun) => readonly string[];
  readonly canAsk?: boolean;
  /** The arguments of a second run in the same home, given what the first one said; the second is what is recorded. */
  readonly again?: (stdout: string, run: HeadlessRun) => readonly string[];
}

type Rewording = Readonly<Record<string, string>>;

const reworded = (agent: AgentName, rewording: Rewording) => (run: HeadlessRun) =>
  HEADLESS[agent](run)
    .map((arg) => rewording[arg] ?? arg)
    .filter((arg) => arg !== DROPPED);

const extended = (agent: AgentName, ...more: readonly string[]) => {
  return (run: HeadlessRun) => [...HEADLESS[agent](run), ...more];
};

const DROPPED = '(dropped)';
const JSON_OUTPUT: Rewording = {
  'stream-json': 'json',
  '--verbose': DROPPED,
  '--include-partial-messages': DROPPED,
};

/** A second prompt in the same session, which the agent names in one of its first lines. */
const resumed = (agent: AgentName, withSession: (session: string) => readonly string[]): Variant => ({
  scenario: 'sessions',
  args: HEADLESS[agent],
  again: (stdout, run) => {
    const session = /"(?:thread_id|session_id|sessionID)":"([^"]+)"/.exec(stdout)?.[1] ?? '';
    return [...HEADLESS[agent]({ ...run, prompt: 'And now? REMEMBER=second' }), ...withSession(session)];
  },
});

/** Codex has a command of its own for it, which knows no `-C`. */
function resumeCodex(stdout: string): readonly string[] {
  const thread = /"thread_id":"([^"]+)"/.exec(stdout)?.[1] ?? '';
  return ['exec', 'resume', '--json', '--skip-git-repo-check', thread, 'And now? REMEMBER=second'];
}

/** By agent and name of the recording. `denied`: it wants to write a file and may not, and there is nobody to ask. */
export const VARIANTS: Readonly<Record<AgentName, Readonly<Record<string, Variant>>>> = {
  codex: {
    resumed: { ...resumed('codex', () => []), again: resumeCodex },
    denied: { scenario: 'write', args: extended('codex', '-c', 'sandbox_mode="read-only"') },
    'denied-shell': { scenario: 'shell', args: extended('codex', '-c', 'sandbox_mode="read-only"') },
    'unknown-model': { scenario: 'write', args: extended('codex', '-m', 'scripted-model') },
    'code-mode': { scenario: 'write', args: extended('codex', '-m', 'gpt-6-sol') },
  },
  claude: {
    resumed: resumed('claude', (session) => ['--resume', session]),
    denied: { scenario: 'write', args: reworded('claude', { acceptEdits: 'default', 'Write,Edit,Bash': 'Read' }) },
    json: { scenario: 'write', args: reworded('claude', JSON_OUTPUT) },
    'json-http-400': { scenario: 'http-400', args: reworded('claude', JSON_OUTPUT) },
    'few-turns': { scenario: 'write', args: extended('claude', '--max-turns', '1') },
  },
  gemini: {
    resumed: resumed('gemini', () => ['-r', 'latest']),
    denied: { scenario: 'write', args: reworded('gemini', { yolo: 'default' }) },
  },
  qwen: {
    resumed: resumed('qwen', (session) => ['-r', session]),
    denied: { scenario: 'write', args: reworded('qwen', { yolo: 'default' }) },
    'few-turns': { scenario: 'endless-tools', args: extended('qwen', '--max-session-turns', '2') },
  },
  opencode: {
    resumed: resumed('opencode', (session) => ['-s', session]),
    denied: { scenario: 'write', args: HEADLESS.opencode, canAsk: true },
  },
};
