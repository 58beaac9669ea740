import type * as Pty from 'node-pty';
import { err, ok, type Result } from '../../../../contract/result.ts';

export type PtyLibrary = Pick<typeof Pty, 'spawn'>;

/** node-pty is optional: it has to be compiled where it is installed. The error is what its loading threw. */
export async function loadPty(): Promise<Result<PtyLibrary, unknown>> {
  try {
    return ok(await import('node-pty'));
  } catch (cause) {
    return err(cause);
  }
}

export const NO_PTY =
  'this profile wants a terminal, and node-pty is not installed: with python3, make and a C++ compiler there, ' +
  'npm rebuild node-pty brings it';
