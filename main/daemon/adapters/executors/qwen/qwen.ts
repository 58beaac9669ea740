import { join } from 'node:path';
import { ok } from '../../../../../contract/result.ts';
import type { Variables } from '../../process/executor-environment.ts';
import type { AgentDriver, LaunchOrder } from '../agent/agent.ts';
import { hasVariable, isThere } from '../agent/login-traces.ts';
import { option } from '../agent/option.ts';
import { converse } from '../claude/converse.ts';
import type { Dialect } from '../claude/dialect.ts';
import { QWEN_OUTCOMES } from './outcomes.ts';
import { createHttpLogReader, httpLogVariable } from './read-http-log.ts';

/**
 * Qwen Code 0.24 over stdio. It speaks Claude Code's protocol, asks for permissions after it was greeted by a client
 * that says it can be asked, and exits 0 whatever its result says.
 */
export const qwenDriver: AgentDriver = {
  agent: 'qwen',
  transport: 'stream-json',
  canAsk: true,
  canResume: 'in_its_folder',
  programNames: ['qwen'],
  programVariable: 'QWEN_BINARY',
  isLoggedIn,
  outcomes: QWEN_OUTCOMES,
  launch: async ({ task, profile, program, listener }) =>
    ok({
      argv: [...program, ...argumentsOf({ task, profile }), ...profile.args],
      // Its launcher would start it anew as a child, and pass on no signal.
      env: { QWEN_CODE_NO_RELAUNCH: '1', ...httpLogVariable(task.env) },
      stdin: { kind: 'pipe' },
      conversation: converse({
        listener,
        worktreePath: task.worktreePath,
        prompt: task.message ?? task.prompt,
        dialect: QWEN,
      }),
    }),
};

const QWEN: Dialect = {
  greeting: {
    type: 'control_request',
    request_id: 'greeting',
    request: { subtype: 'initialize', hooks: null, canUseTool: true },
  },
  questionTool: 'ask_user_question',
  cachedTokens: 'within',
  createLogReader: createHttpLogReader,
};

/** Its own first mode is `auto`, in which a model judges instead of a person. */
function argumentsOf({ task, profile }: Pick<LaunchOrder, 'task' | 'profile'>): readonly string[] {
  return [
    ...option('--input-format', 'stream-json'),
    ...option('--output-format', 'stream-json'),
    '--include-partial-messages',
    ...option('--approval-mode', profile.sandbox ?? 'default'),
    ...option('-m', profile.model),
    ...option('--resume', task.resumeSession),
  ];
}

async function isLoggedIn(environment: Variables): Promise<boolean | null> {
  const keys = ['OPENAI_API_KEY', 'DASHSCOPE_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'];
  if (hasVariable(environment, keys)) return true;
  // A key may stand in its settings, too.
  return (await isThere(join(environment['HOME'] ?? '', '.qwen/oauth_creds.json'))) ? true : null;
}
