import { err, ok } from '../../../../../contract/result.ts';
import type { AgentDriver } from '../agent/agent.ts';
import { converse } from './converse.ts';
import { isLoggedIn } from './login.ts';
import { CODEX_OUTCOMES } from './outcomes.ts';
import { isSandbox, SANDBOX_WORDS } from './sandbox.ts';

/** `codex app-server`: asks before it leaves its sandbox, tells of messages piece by piece, and can be interrupted. */
export const codexAppServerDriver: AgentDriver = {
  agent: 'codex',
  transport: 'app-server',
  canAsk: true,
  canResume: 'anywhere',
  programNames: ['codex'],
  programVariable: 'CODEX_BINARY',
  isLoggedIn,
  outcomes: CODEX_OUTCOMES,
  async launch({ task, profile, program, listener }) {
    const sandbox = profile.sandbox ?? 'workspace-write';
    if (!isSandbox(sandbox)) return err({ summary: `Codex knows no sandbox "${sandbox}"; one of: ${SANDBOX_WORDS}` });
    return ok({
      argv: [...program, 'app-server', ...profile.args],
      env: {},
      stdin: { kind: 'pipe' },
      conversation: converse({
        listener,
        worktreePath: task.worktreePath,
        thread: task.resumeSession,
        prompt: task.message ?? task.prompt,
        settings: {
          cwd: task.worktreePath,
          sandbox,
          approvalPolicy: 'on-request',
          // Otherwise a configuration of the person's may send questions to a model that decides them.
          approvalsReviewer: 'user',
          ...(profile.model === null ? {} : { model: profile.model }),
        },
      }),
    });
  },
};
