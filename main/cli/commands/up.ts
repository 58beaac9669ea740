import { resolve } from 'node:path';
import type { ClientInstance } from '../../../contract/client/client-instance.ts';
import { ok } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { findRunning, logPathOf, startDaemon } from '../daemon-control.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { findRepoRoot, readPort } from '../repo-root.ts';
import { whileWaiting } from '../while-waiting.ts';

export const command = defineCommand({
  usage: 'up [--repo-root path] [--port n] [--config file] [--sim] [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: { repoRoot: 'text', port: 'text', config: 'text', sim: 'switch' },
  run: async (context, { flags }) => {
    const repoRoot = findRepoRoot(context, flags.repoRoot);
    if (!repoRoot.ok) return repoRoot;
    const port = readPort(flags.port);
    if (!port.ok) return port;
    const running = await findRunning(repoRoot.value);
    if (running !== null) {
      const ignored = ignoredFlags(running, flags);
      if (ignored.length > 0) context.terminal.err(changesNothing(ignored, running, context.programName));
      return report(context, running, { isNew: false, isJson: flags.json });
    }
    const configPath = flags.config === undefined ? null : resolve(context.cwd, flags.config);
    const options = { repoRoot: repoRoot.value, port: port.value, configPath, isSimulated: flags.sim };
    const started = await whileWaiting(context.terminal, 'The daemon starts', startDaemon(context, options));
    if (!started.ok) return started;
    return report(context, started.value, { isNew: true, isJson: flags.json });
  },
});

interface ReportOptions {
  readonly isNew: boolean;
  readonly isJson: boolean;
}

function report({ terminal }: CliContext, instance: ClientInstance, { isNew, isJson }: ReportOptions) {
  const { baseUrl, pid, repoRoot, executionMode } = instance;
  const log = logPathOf(repoRoot);
  const status = isNew ? 'started' : 'already_running';
  const document = { status, base_url: baseUrl, pid, repo_root: repoRoot, execution_mode: executionMode, log };
  const text = [
    `${isNew ? 'The daemon is ready' : 'A daemon already runs'}: ${baseUrl} (pid ${pid}, ${executionMode})`,
    `Repository: ${repoRoot}`,
    `Log:        ${log}`,
    `Help:       ${baseUrl}/help`,
    '',
  ].join('\n');
  terminal.out(isJson ? formatJson(document) : text);
  return ok(0);
}

interface Wishes {
  readonly sim: boolean;
  readonly port: string | undefined;
  readonly config: string | undefined;
}

/** What a daemon that runs already cannot take over any more. */
const ignoredFlags = ({ executionMode, baseUrl }: ClientInstance, { sim, port, config }: Wishes): readonly string[] => [
  ...(sim && executionMode !== 'simulation' ? ['--sim'] : []),
  ...(port !== undefined && Number(port) !== 0 && Number(port) !== portOf(baseUrl) ? ['--port'] : []),
  ...(config === undefined ? [] : ['--config']),
];

const portOf = (baseUrl: string): number => Number(URL.parse(baseUrl)?.port);

const changesNothing = (flags: readonly string[], { executionMode }: ClientInstance, programName: string): string =>
  `${flags.join(' and ')} ${flags.length === 1 ? 'changes' : 'change'} nothing: this daemon runs already, ` +
  `${executionMode === 'simulation' ? 'simulated' : 'for real'}; stop it first with: ${programName} down\n`;
