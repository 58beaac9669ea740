import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliFailure } from './cli-failure.ts';
import { loadCompiled, loadPlain } from './load-compiled.ts';

export interface DaemonOptions {
  readonly repoRoot?: string;
  readonly port?: number;
  readonly configPath?: string;
  readonly simulation?: boolean;
}

/** Resolves with the exit code when the daemon has ended. */
export type RunDaemon = (options: DaemonOptions) => Promise<number>;

interface DaemonProgram {
  readonly runDaemon: (options: DaemonOptions & { readonly onReady?: () => void }) => Promise<number>;
}

/**
 * The daemon program beside this one. It is another program with its own bundle, so it is loaded by path at run time
 * and known here only by the one function that it exports.
 */
export function loadDaemon(entryPath: string): Result<RunDaemon, CliFailure> {
  const isBuilt = !entryPath.endsWith('.ts');
  const path = join(dirname(entryPath), '../daemon', isBuilt ? 'main.cjs' : 'main.ts');
  if (!existsSync(path)) return err(unusable(`${path} is missing; build it with: npm run build`));
  const { exports, keep } = isBuilt ? loadCompiled(path, cacheFolderOf(entryPath)) : loadPlain(path);
  if (!isDaemonProgram(exports)) return err(unusable(`${path} exports no runDaemon`));
  return ok((options) => exports.runDaemon({ ...options, onReady: keep }));
}

/** That of bin/launch.cjs, through which the daemon that `up` starts does not come. */
const cacheFolderOf = (entryPath: string): string => join(dirname(entryPath), '../.compile-cache');

const isDaemonProgram = (exports: unknown): exports is DaemonProgram =>
  typeof exports === 'object' && exports !== null && 'runDaemon' in exports && typeof exports.runDaemon === 'function';

const unusable = (message: string): CliFailure => ({
  error: 'starting the daemon',
  message,
  exit: EXIT.infrastructure,
});
