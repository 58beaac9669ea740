import { err, ok } from '../../../../../contract/result.ts';
import type { AgentDriver } from '../agent/agent.ts';
import { httpLogVariable } from '../qwen/read-http-log.ts';
import { ACP_OUTCOMES } from './outcomes.ts';

/**
 * opencode 1.18 allows everything that its configuration does not speak of, and then a profile's rules would be told
 * nothing. Other agents do not read this variable.
 */
const ASK_EVERYTHING = JSON.stringify({ edit: 'ask', bash: 'ask', webfetch: 'ask' });

/** Only its log, on stderr then, tells how often it asks its model: it would ask for ever and say nothing. */
const OPENCODE_LOG = { OPENCODE_PRINT_LOGS: '1' };

/** Others would hand the variable on to the tools that they run, and it means something to many a program. */
const isOfQwen = (word: string): boolean => /\bqwen\b/.test(word);

/** Any agent that speaks the Agent Client Protocol on stdin and stdout. Its program is in the profile. */
export const acpDriver: AgentDriver = {
  agent: 'acp',
  transport: 'acp',
  canAsk: true,
  canResume: 'in_its_folder',
  programNames: [],
  programVariable: null,
  isLoggedIn: async () => null,
  outcomes: ACP_OUTCOMES,
  launch: async ({ task, profile, program, listener }) => {
    if (profile.model !== null)
      return err({ summary: 'ACP has no way to name a model: put it into args or the agent’s own settings' });
    // The protocol's schemas take 16 MB: who runs no such agent has none of them.
    const { converse } = await import('./converse.ts');
    return ok({
      argv: [...program, ...profile.args],
      env: {
        ...OPENCODE_LOG,
        OPENCODE_PERMISSION: task.env['OPENCODE_PERMISSION'] ?? ASK_EVERYTHING,
        ...(program.some(isOfQwen) ? httpLogVariable(task.env) : {}),
      },
      stdin: { kind: 'pipe' },
      conversation: converse({
        listener,
        worktreePath: task.worktreePath,
        prompt: task.message ?? task.prompt,
        resumeSession: task.resumeSession,
        mode: profile.sandbox,
      }),
    });
  },
};
