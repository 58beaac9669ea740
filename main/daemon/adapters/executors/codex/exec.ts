import { err, ok } from '../../../../../contract/result.ts';
import type { AgentDriver, AgentListener, Conversation, LaunchOrder } from '../agent/agent.ts';
import { codexHomeOf, isLoggedIn } from './login.ts';
import { CODEX_OUTCOMES } from './outcomes.ts';
import { readComplaint } from './read-complaint.ts';
import { type ExecReader, readExecLine } from './read-exec-event.ts';
import { isSandbox, SANDBOX_WORDS } from './sandbox.ts';
import { usedBefore } from './used-before.ts';

/** `codex exec`: cannot ask. What its sandbox or its approvals do not allow is refused inside, and the turn goes on. */
export const codexExecDriver: AgentDriver = {
  agent: 'codex',
  transport: 'exec',
  canAsk: false,
  canResume: 'anywhere',
  programNames: ['codex'],
  programVariable: 'CODEX_BINARY',
  isLoggedIn,
  outcomes: CODEX_OUTCOMES,
  async launch({ task, profile, program, listener }) {
    const sandbox = profile.sandbox ?? 'workspace-write';
    if (!isSandbox(sandbox)) return err({ summary: `Codex knows no sandbox "${sandbox}"; one of: ${SANDBOX_WORDS}` });
    const used = await usedBefore(codexHomeOf(task.env), task.resumeSession);
    const reader = { worktreePath: task.worktreePath, usedBefore: used, model: profile.model };
    return ok({
      argv: [...program, ...argumentsOf({ task, profile }, sandbox)],
      env: {},
      // Codex waits for the end of its input before it begins.
      stdin: { kind: 'bytes', bytes: Buffer.from(task.message ?? task.prompt) },
      conversation: listenTo(reader, listener),
    });
  },
};

/** The prompt is read from stdin (`-`): arguments can be read by every user of the machine. */
function argumentsOf({ task, profile }: Pick<LaunchOrder, 'task' | 'profile'>, sandbox: string): readonly string[] {
  return [
    'exec',
    '--json',
    '--skip-git-repo-check',
    '-C',
    task.worktreePath,
    '--sandbox',
    sandbox,
    '-c',
    'approval_policy="never"',
    ...(profile.model === null ? [] : ['--model', profile.model]),
    ...profile.args,
    ...(task.resumeSession === null ? [] : ['resume', task.resumeSession]),
    '-',
  ];
}

function listenTo(reader: ExecReader, listener: AgentListener): Conversation {
  let waits = 0;
  return {
    onLine(line) {
      for (const signal of readExecLine(reader, line, waits)) {
        if (signal.of === 'activity' && signal.activity.kind === 'retry') waits += 1;
        listener.signal(signal);
        if (signal.of === 'terminal') listener.finish();
      }
    },
    onErrorLine: (line) => readComplaint(line).forEach(listener.signal),
  };
}
