import { spawn } from 'node:child_process';

import { err, ok, type Result } from '../../../../contract/result.ts';
import { findProgram } from '../executors/find-program.ts';

export interface EditorStart {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Starts a program that goes on without us. By way of `setsid --fork` it is nobody's child: whoever descends from a daemon
 * counts as an attempt's process, and an operator works in the terminal of his editor.
 */
export async function startEditor({ argv, cwd, env }: EditorStart): Promise<Result<void, string>> {
  const setsid = await findProgram('setsid', env['PATH'] ?? '');
  const [program, ...args] = setsid === null ? argv : ([setsid, '--fork', ...argv] as const);
  const child = spawn(program, args, { cwd, env, detached: true, stdio: 'ignore' });
  const problem = await new Promise<string | null>((resolve) => {
    child.once('spawn', () => resolve(null)).once('error', (error) => resolve(error.message));
  });
  child.unref();
  return problem === null ? ok(undefined) : err(problem);
}
