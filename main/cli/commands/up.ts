import { ok } from '../../../contract/result.ts';
import { logPathOf } from '../daemon-control.ts';
import { defineCommand } from '../define-command.ts';
import { DAEMON_FLAGS, type EnsuredDaemon, ensureDaemon, readySentence } from '../ensure-daemon.ts';
import { formatJson } from '../format-json.ts';

export const command = defineCommand({
  usage: 'up [--repo-root path] [--port n] [--config file] [--sim] [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: DAEMON_FLAGS,
  run: async (context, { flags }) => {
    const daemon = await ensureDaemon(context, flags);
    if (!daemon.ok) return daemon;
    const text = describe(daemon.value, context.programName);
    context.terminal.out(flags.json ? formatJson(documentOf(daemon.value)) : text);
    return ok(0);
  },
});

const documentOf = ({ instance: { baseUrl, pid, repoRoot, executionMode }, isNew }: EnsuredDaemon) => ({
  status: isNew ? 'started' : 'already_running',
  base_url: baseUrl,
  pid,
  repo_root: repoRoot,
  execution_mode: executionMode,
  log: logPathOf(repoRoot),
});

function describe(daemon: EnsuredDaemon, programName: string): string {
  const { baseUrl, repoRoot } = daemon.instance;
  return [
    readySentence(daemon),
    `Repository: ${repoRoot}`,
    `Log:        ${logPathOf(repoRoot)}`,
    `Dashboard:  ${programName} open`,
    `Help:       ${baseUrl}/help`,
    '',
  ].join('\n');
}
