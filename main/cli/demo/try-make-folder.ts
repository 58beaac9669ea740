import { EXIT } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliFailure } from '../cli-failure.ts';

/** A folder of the demo, or what to do about a machine on which it cannot be made: without git, or without room. */
export async function tryMakeFolder<Folder>(
  programName: string,
  make: () => Promise<Folder>,
): Promise<Result<Folder, CliFailure>> {
  try {
    return ok(await make());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const nextStep = `See what this machine lacks: ${programName} doctor`;
    return err({ error: 'making the repository of the demo', message, exit: EXIT.infrastructure, nextStep });
  }
}
