import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { PINNED_FOLDER, PINNED_SIZE } from './pinned-programs.ts';

/** What brings the vendors' programs, to be shown as it is run. Their install scripts are not run. */
export const INSTALL_COMMAND = `npm ci --prefix ${PINNED_FOLDER} --ignore-scripts`;

/** One sentence for who has no such program. */
export const howToGet = (title: string, programName: string): string =>
  `${title} is not on this machine: install it so that ${programName} is in PATH, or let the demo bring the pinned one ` +
  `(${INSTALL_COMMAND}; about ${PINNED_SIZE}, all of it below ${PINNED_FOLDER}/)`;

export interface Installation {
  /** Of this project. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Gives npm's exit code. npm shows what it does. */
export async function installAgents({ root, env }: Installation): Promise<number> {
  const [program = 'npm', ...args] = INSTALL_COMMAND.split(' ');
  const PATH = `${dirname(process.execPath)}${delimiter}${env['PATH'] ?? ''}`;
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...env, PATH } });
  const [status]: (number | null)[] = await once(child, 'exit');
  return status ?? 1;
}
