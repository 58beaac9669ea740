import { ok } from '../../../../../contract/result.ts';
import type { AgentDriver } from '../agent/agent.ts';
import { CODEX } from './codex.ts';
import { converse } from './converse.ts';
import { sandboxOf } from './sandbox.ts';

/** `codex app-server`: asks before it leaves its sandbox, tells of messages piece by piece, and can be interrupted. */
export const codexAppServerDriver: AgentDriver = {
  ...CODEX,
  transport: 'app-server',
  canAsk: true,
  async launch({ task, profile, program, listener }) {
    const sandbox = sandboxOf(profile);
    if (!sandbox.ok) return sandbox;
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
          sandbox: sandbox.value,
          approvalPolicy: 'on-request',
          // Otherwise a configuration of the person's may send questions to a model that decides them.
          approvalsReviewer: 'user',
          ...(profile.model === null ? {} : { model: profile.model }),
        },
      }),
    });
  },
};
