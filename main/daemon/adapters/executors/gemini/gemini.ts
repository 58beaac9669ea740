import { join } from 'node:path';
import { ok } from '../../../../../contract/result.ts';
import type { Variables } from '../../process/executor-environment.ts';
import type { AgentDriver, LaunchOrder } from '../agent/agent.ts';
import { listenOnly } from '../agent/listen-only.ts';
import { hasVariable, isThere } from '../agent/login-traces.ts';
import { option } from '../agent/option.ts';
import { GEMINI_OUTCOMES } from './outcomes.ts';
import { createEventReader } from './read-event.ts';

/**
 * Gemini CLI 0.61 without a terminal. It cannot ask: what its approval mode does not allow is not even offered to the
 * model. Who wants to be asked takes its ACP interface.
 */
export const geminiDriver: AgentDriver = {
  agent: 'gemini',
  transport: 'stream-json',
  canAsk: false,
  canResume: 'in_its_folder',
  programNames: ['gemini'],
  programVariable: 'GEMINI_BINARY',
  isLoggedIn,
  outcomes: GEMINI_OUTCOMES,
  launch: async ({ task, profile, program, listener }) =>
    ok({
      argv: [...program, ...argumentsOf({ task, profile }), ...profile.args],
      // As a child of its own launcher it would not hear a signal.
      env: { GEMINI_CLI_NO_RELAUNCH: 'true' },
      stdin: { kind: 'bytes', bytes: Buffer.from(task.message ?? task.prompt) },
      conversation: listenOnly(createEventReader(), listener),
    }),
};

/** The worktree is new every time, so that nobody could have trusted it before. */
function argumentsOf({ task, profile }: Pick<LaunchOrder, 'task' | 'profile'>): readonly string[] {
  return [
    ...option('-o', 'stream-json'),
    '--skip-trust',
    ...option('--approval-mode', profile.sandbox ?? 'auto_edit'),
    ...option('-m', profile.model),
    ...option('--resume', task.resumeSession),
  ];
}

async function isLoggedIn(environment: Variables): Promise<boolean | null> {
  const keys = ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_GENAI_USE_GCA'];
  if (hasVariable(environment, keys)) return true;
  const folder = join(environment['GEMINI_CLI_HOME'] ?? environment['HOME'] ?? '', '.gemini');
  const logins = ['oauth_creds.json', 'gemini-credentials.json'].map((name) => isThere(join(folder, name)));
  // A key may be in its `.env`, in a keychain, or come from the machine that it runs on.
  return (await Promise.all(logins)).includes(true) ? true : null;
}
