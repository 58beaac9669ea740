import { join } from 'node:path';
import { ok } from '../../../../../contract/result.ts';
import type { Variables } from '../../process/executor-environment.ts';
import type { AgentDriver, LaunchOrder } from '../agent/agent.ts';
import { hasVariable, isThere } from '../agent/login-traces.ts';
import { option } from '../agent/option.ts';
import { converse } from './converse.ts';
import type { Dialect } from './dialect.ts';
import { CLAUDE_OUTCOMES } from './outcomes.ts';

/** Claude Code over stdio: the prompt on stdin and never in argv, where every user of the machine could read it. */
export const claudeDriver: AgentDriver = {
  agent: 'claude',
  transport: 'stream-json',
  canAsk: true,
  canResume: 'anywhere',
  programNames: ['claude'],
  programVariable: 'CLAUDE_BINARY',
  isLoggedIn,
  outcomes: CLAUDE_OUTCOMES,
  launch: async ({ task, profile, program, listener }) =>
    ok({
      argv: [...program, ...argumentsOf({ task, profile }), ...profile.args],
      // A program that exchanges itself while it works is not the one whose version was recorded.
      env: { DISABLE_AUTOUPDATER: '1' },
      stdin: { kind: 'pipe' },
      conversation: converse({
        listener,
        worktreePath: task.worktreePath,
        prompt: task.message ?? task.prompt,
        dialect: CLAUDE,
      }),
    }),
};

const CLAUDE: Dialect = { greeting: null, questionTool: 'AskUserQuestion', cachedTokens: 'beside' };

function argumentsOf({ task, profile }: Pick<LaunchOrder, 'task' | 'profile'>): readonly string[] {
  return [
    '-p',
    ...option('--input-format', 'stream-json'),
    ...option('--output-format', 'stream-json'),
    '--verbose',
    '--include-partial-messages',
    ...option('--permission-prompt-tool', 'stdio'),
    ...option('--permission-mode', profile.sandbox ?? 'default'),
    ...option('--model', profile.model),
    ...option('--resume', task.resumeSession),
  ];
}

/**
 * On Linux and Windows the login is a file; on macOS it is in the keychain, which nobody can look into unasked. A key, or
 * a program that gives one, may stand in the settings, too.
 */
async function isLoggedIn(environment: Variables): Promise<boolean | null> {
  const keys = [
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'CLAUDE_CODE_USE_BEDROCK',
    'CLAUDE_CODE_USE_VERTEX',
    'CLAUDE_CODE_USE_FOUNDRY',
  ];
  if (hasVariable(environment, keys)) return true;
  const home = environment['CLAUDE_CONFIG_DIR'] ?? join(environment['HOME'] ?? '', '.claude');
  if (await isThere(join(home, '.credentials.json'))) return true;
  return process.platform === 'darwin' || (await isThere(join(home, 'settings.json'))) ? null : false;
}
