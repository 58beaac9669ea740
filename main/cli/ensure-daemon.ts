import { resolve } from 'node:path';
import type { ClientInstance } from '../../contract/client/client-instance.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import type { CliFailure } from './cli-failure.ts';
import { findRunning, startDaemon } from './daemon-control.ts';
import { findRepoRoot, readPort } from './repo-root.ts';
import { whileWaiting } from './while-waiting.ts';

/** What a daemon is started with, if none runs. */
export const DAEMON_FLAGS = { repoRoot: 'text', port: 'text', config: 'text', sim: 'switch' } as const;

interface Wishes {
  readonly repoRoot: string | undefined;
  readonly port: string | undefined;
  readonly config: string | undefined;
  readonly sim: boolean;
}

export interface EnsuredDaemon {
  readonly instance: ClientInstance;
  readonly isNew: boolean;
}

/** The daemon of the repository: the one that runs, or a new one. What a running one cannot take over any more is told. */
export async function ensureDaemon(context: CliContext, flags: Wishes): Promise<Result<EnsuredDaemon, CliFailure>> {
  const repoRoot = findRepoRoot(context, flags.repoRoot);
  if (!repoRoot.ok) return repoRoot;
  const port = readPort(flags.port);
  if (!port.ok) return port;
  const running = await findRunning(repoRoot.value);
  if (running !== null) {
    const ignored = ignoredFlags(running, flags);
    if (ignored.length > 0) context.terminal.err(changesNothing(ignored, running, context.programName));
    return ok({ instance: running, isNew: false });
  }
  const configPath = flags.config === undefined ? null : resolve(context.cwd, flags.config);
  const options = { repoRoot: repoRoot.value, port: port.value, configPath, isSimulated: flags.sim };
  const started = await whileWaiting(context.terminal, 'The daemon starts', startDaemon(context, options));
  return started.ok ? ok({ instance: started.value, isNew: true }) : started;
}

export const readySentence = ({ instance: { baseUrl, pid, executionMode }, isNew }: EnsuredDaemon): string =>
  `${isNew ? 'The daemon is ready' : 'A daemon already runs'}: ${baseUrl} (pid ${pid}, ${executionMode})`;

const ignoredFlags = ({ executionMode, baseUrl }: ClientInstance, { sim, port, config }: Wishes): readonly string[] => [
  ...(sim && executionMode !== 'simulation' ? ['--sim'] : []),
  ...(port !== undefined && Number(port) !== 0 && Number(port) !== portOf(baseUrl) ? ['--port'] : []),
  ...(config === undefined ? [] : ['--config']),
];

const portOf = (baseUrl: string): number => Number(URL.parse(baseUrl)?.port);

const changesNothing = (flags: readonly string[], { executionMode }: ClientInstance, programName: string): string =>
  `${flags.join(' and ')} ${flags.length === 1 ? 'changes' : 'change'} nothing: this daemon runs already, ` +
  `${executionMode === 'simulation' ? 'simulated' : 'for real'}; stop it first with: ${programName} down\n`;
