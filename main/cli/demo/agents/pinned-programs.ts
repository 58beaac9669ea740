import { join } from 'node:path';
import type { DemoAgentName } from './demo-agent-name.ts';

export interface PinnedProgram {
  /** Of `test/agents/package.json`. */
  readonly package: string;
  /** The file that really runs, below `node_modules`: install scripts only copy or link it, launchers pass no signals on. */
  readonly file: string;
  /** What Node is given before the file; null: the file is a program itself. */
  readonly nodeFlags: readonly string[] | null;
}

/** The folder, below the project's root, whose lock file pins the vendors' programs. */
export const PINNED_FOLDER = join('test', 'agents');
/** What all of them take. */
export const PINNED_SIZE = '2 GB';

export const PINNED_PROGRAMS: Readonly<Record<DemoAgentName, PinnedProgram>> = {
  codex: {
    package: '@openai/codex',
    file: '@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex',
    nodeFlags: null,
  },
  claude: {
    package: '@anthropic-ai/claude-code',
    file: '@anthropic-ai/claude-code-linux-x64/claude',
    nodeFlags: null,
  },
  gemini: { package: '@google/gemini-cli', file: '@google/gemini-cli/bundle/gemini.js', nodeFlags: [] },
  // Its own launcher would start Node anew with this flag.
  qwen: { package: '@qwen-code/qwen-code', file: '@qwen-code/qwen-code/cli.js', nodeFlags: ['--expose-gc'] },
  opencode: { package: 'opencode-linux-x64', file: 'opencode-linux-x64/bin/opencode', nodeFlags: null },
};
