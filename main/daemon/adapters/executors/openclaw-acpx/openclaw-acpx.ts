import { ok } from '../../../../../contract/result.ts';
import type { AgentDriver, LaunchOrder } from '../agent/agent.ts';
import { listenOnly } from '../agent/listen-only.ts';
import { option } from '../agent/option.ts';
import { ACPX_OUTCOMES } from './outcomes.ts';
import { createMessageReader } from './read-message.ts';

/**
 * acpx 0.19, the command line client of the Agent Client Protocol, with the agent that its arguments name. It cannot ask:
 * what its permission mode does not allow is denied, and that fails the attempt.
 */
export const acpxDriver: AgentDriver = {
  agent: 'openclaw-acpx',
  transport: 'exec',
  canAsk: false,
  canResume: false,
  programNames: ['acpx'],
  programVariable: 'OPENCLAW_ACPX_BINARY',
  isLoggedIn: async () => null,
  outcomes: ACPX_OUTCOMES,
  launch: async ({ task, profile, program, listener }) =>
    ok({
      argv: [...program, ...argumentsOf({ task, profile }), ...profile.args, 'exec', '-f', '-'],
      env: {},
      stdin: { kind: 'bytes', bytes: Buffer.from(task.message ?? task.prompt) },
      conversation: listenOnly(createMessageReader(), listener),
    }),
};

/** Without files and terminals of the client the agent uses its own: those carry the mark of the attempt. */
function argumentsOf({ task, profile }: Pick<LaunchOrder, 'task' | 'profile'>): readonly string[] {
  return [
    ...option('--cwd', task.worktreePath),
    ...option('--format', 'json'),
    '--json-strict',
    '--no-fs',
    '--no-terminal',
    `--${profile.sandbox ?? 'approve-reads'}`,
    ...option('--non-interactive-permissions', 'deny'),
    ...option('--model', profile.model),
  ];
}
