import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliFailure } from './cli-failure.ts';

export interface DaemonOptions {
  readonly repoRoot?: string;
  readonly port?: number;
  readonly configPath?: string;
  readonly simulation?: boolean;
}

/** Resolves with the exit code when the daemon has ended. */
export type RunDaemon = (options: DaemonOptions) => Promise<number>;

/**
 * The daemon program beside this one. It is another program with its own bundle, so it is loaded by path at run time
 * and known here only by the one function that it exports.
 */
export async function loadDaemon(entryPath: string): Promise<Result<RunDaemon, CliFailure>> {
  const file = entryPath.endsWith('.ts') ? 'main.ts' : 'main.js';
  const path = join(dirname(entryPath), '../daemon', file);
  if (!existsSync(path)) return err(unusable(`${path} is missing; build it with: npm run build`));
  const daemon: { readonly runDaemon?: RunDaemon } = await import(/* @vite-ignore */ pathToFileURL(path).href);
  return daemon.runDaemon === undefined ? err(unusable(`${path} exports no runDaemon`)) : ok(daemon.runDaemon);
}

const unusable = (message: string): CliFailure => ({
  error: 'starting the daemon',
  message,
  exit: EXIT.infrastructure,
});
