import { join } from 'node:path';
import { ok } from '../../../../../contract/result.ts';
import type { Variables } from '../../process/executor-environment.ts';
import type { AgentDriver, LaunchOrder } from '../agent/agent.ts';
import { listenOnly } from '../agent/listen-only.ts';
import { hasVariable, isThere } from '../agent/login-traces.ts';
import { option } from '../agent/option.ts';
import { OPENCODE_OUTCOMES } from './outcomes.ts';
import { createEventReader } from './read-event.ts';

/**
 * opencode 1.18 without a terminal. It cannot ask: what its configuration wants to be asked about is rejected. Who wants
 * to be asked takes its ACP interface.
 */
export const opencodeDriver: AgentDriver = {
  agent: 'opencode',
  transport: 'run',
  canAsk: false,
  canResume: 'in_its_folder',
  programNames: ['opencode'],
  programVariable: 'OPENCODE_BINARY',
  isLoggedIn,
  outcomes: OPENCODE_OUTCOMES,
  launch: async ({ task, profile, program, listener }) =>
    ok({
      argv: [...program, ...argumentsOf({ task, profile }), ...profile.args],
      // A program that exchanges itself while it works is not the one whose version was recorded.
      env: { OPENCODE_DISABLE_AUTOUPDATE: '1' },
      stdin: { kind: 'bytes', bytes: Buffer.from(task.message ?? task.prompt) },
      conversation: listenOnly(createEventReader(), listener),
    }),
};

/** A title saves the request by which it would ask the model for one. */
function argumentsOf({ task, profile }: Pick<LaunchOrder, 'task' | 'profile'>): readonly string[] {
  return [
    'run',
    ...option('--format', 'json'),
    ...(task.resumeSession === null ? option('--title', task.attemptId) : option('--session', task.resumeSession)),
    ...option('-m', profile.model),
    ...option('--agent', profile.sandbox),
  ];
}

/** Its login is a file; a key may stand in a variable or its configuration, too. */
async function isLoggedIn(environment: Variables): Promise<boolean | null> {
  const keys = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY', 'OPENCODE_API_KEY'];
  if (hasVariable(environment, keys)) return true;
  const data = environment['XDG_DATA_HOME'] ?? join(environment['HOME'] ?? '', '.local/share');
  return (await isThere(join(data, 'opencode/auth.json'))) ? true : null;
}
