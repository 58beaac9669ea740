import { join } from 'node:path';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import type { CliFailure } from '../cli-failure.ts';
import { findRunning, logPathOf, stopDaemon } from '../daemon-control.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { isPidAlive, readInstanceFile, STATE_FOLDER } from '../instance-file.ts';
import { findRepoRoot } from '../repo-root.ts';
import { whileWaiting } from '../while-waiting.ts';

export const command = defineCommand({
  usage: 'down [--repo-root path] [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: { repoRoot: 'text' },
  run: async (context, { flags }) => {
    const repoRoot = findRepoRoot(context, flags.repoRoot);
    return repoRoot.ok ? stop(context, repoRoot.value, flags.json) : repoRoot;
  },
});

async function stop({ terminal }: CliContext, repoRoot: string, isJson: boolean): CommandOutcome {
  const running = await findRunning(repoRoot);
  if (running === null) {
    const silent = silentDaemon(repoRoot);
    if (silent !== null) return err(silent);
    terminal.out(isJson ? formatJson({ status: 'not_running' }) : `No daemon runs for ${repoRoot}.\n`);
    return ok(0);
  }
  const { pid } = running;
  if (!(await whileWaiting(terminal, 'The daemon ends what runs and saves it', stopDaemon(pid))))
    return err(stuck(pid, repoRoot));
  terminal.out(isJson ? formatJson({ status: 'stopped', pid }) : `The daemon of ${repoRoot} has ended (pid ${pid}).\n`);
  return ok(0);
}

/** A process that has the daemon's id but does not answer as it: a stranger is never ended on a guess. */
function silentDaemon(repoRoot: string): CliFailure | null {
  const file = readInstanceFile(join(repoRoot, STATE_FOLDER));
  if (file === null || !isPidAlive(file.pid)) return null;
  return {
    error: 'stopping the daemon',
    message: `process ${file.pid} exists but does not answer as the daemon of ${repoRoot}; it was left alone`,
    exit: EXIT.infrastructure,
    nextStep: `See what it is (ps -p ${file.pid} -o args), and the log: ${logPathOf(repoRoot)}`,
  };
}

const stuck = (pid: number, repoRoot: string): CliFailure => ({
  error: 'stopping the daemon',
  message: `process ${pid} did not end in time`,
  exit: EXIT.infrastructure,
  nextStep: `Its log says what it waits for: ${logPathOf(repoRoot)}`,
});
