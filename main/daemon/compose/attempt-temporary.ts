import { err, ok, type Result } from '../../../contract/result.ts';
import { removeTree } from '../adapters/git/remove-tree.ts';
import { makeTemporaryFolder, temporaryFolderOf, temporaryFoldersOf } from '../adapters/process/temporary-folder.ts';
import type { Problem } from '../services/ports/problem.ts';

export const openTemporary = (mark: string): Promise<Result<void, Problem>> =>
  outcomeOf('no folder for temporary files could be made', () => makeTemporaryFolder(mark));

export const removeTemporary = (mark: string): Promise<Result<void, Problem>> =>
  outcomeOf('temporary files stay', () => removeTree(temporaryFolderOf(mark)));

/** One that cannot be removed keeps no other from going. */
export async function removeStrayTemporaries(markPrefix: string): Promise<readonly Problem[]> {
  const folders = await temporaryFoldersOf(markPrefix);
  const removed = await Promise.all(
    folders.map((folder) => outcomeOf('temporary files stay', () => removeTree(folder))),
  );
  return removed.flatMap((one) => (one.ok ? [] : [one.error]));
}

async function outcomeOf(sentence: string, work: () => Promise<void>): Promise<Result<void, Problem>> {
  try {
    await work();
    return ok(undefined);
  } catch (error) {
    return err({ sentence: `${sentence}: ${error instanceof Error ? error.message : String(error)}` });
  }
}
