import { ok } from '../../../../../contract/result.ts';
import type { AgentDriver, AgentListener, Conversation, LaunchOrder } from '../agent/agent.ts';
import { CODEX } from './codex.ts';
import { codexHomeOf } from './login.ts';
import { readComplaint } from './read-complaint.ts';
import { type ExecReader, readExecLine } from './read-exec-event.ts';
import { sandboxOf } from './sandbox.ts';
import { usedBefore } from './used-before.ts';

/** `codex exec`: cannot ask. What its sandbox or its approvals do not allow is refused inside, and the turn goes on. */
export const codexExecDriver: AgentDriver = {
  ...CODEX,
  transport: 'exec',
  canAsk: false,
  async launch({ task, profile, program, listener }) {
    const sandbox = sandboxOf(profile);
    if (!sandbox.ok) return sandbox;
    const used = await usedBefore(codexHomeOf(task.env), task.resumeSession);
    const reader = { worktreePath: task.worktreePath, usedBefore: used, model: profile.model };
    return ok({
      argv: [...program, ...argumentsOf({ task, profile }, sandbox.value)],
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
