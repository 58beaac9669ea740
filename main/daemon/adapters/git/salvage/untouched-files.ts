import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../../contract/result.ts';
import { absoluteOf, type BytePath } from '../byte-path.ts';
import type { CleanRoom } from '../clean-room.ts';
import { zeroTerminated } from '../find-ignored.ts';
import type { GitFailure } from '../git-failure.ts';
import { hashFile } from '../hash-file.ts';
import type { IndexFile } from '../index-file.ts';
import type { ObjectFormat } from '../object-format.ts';

export interface UntouchedQuestion {
  /** A room that converts as the checkout did, with the index as checked out. */
  readonly room: CleanRoom;
  readonly root: string;
  readonly objectFormat: ObjectFormat;
  readonly paths: readonly BytePath[];
}

/**
 * Of these files those that are byte for byte as they were checked out. A checkout may write other bytes than the commit
 * holds (`eol=crlf`, `ident`, an encoding), and then bytes alone say "changed" of a file that nobody touched. The room's
 * worktree is an empty folder, so that only attributes of the base count.
 */
export async function findUntouched(question: UntouchedQuestion): Promise<Result<readonly BytePath[], GitFailure>> {
  const { room, root, objectFormat, paths } = question;
  const folder = join(room.directory, 'as-checked-out');
  room.ready();
  await mkdir(folder);
  try {
    const written = await room.runApart({
      args: ['checkout-index', '-z', '--stdin', '--force', '--quiet'],
      input: zeroTerminated(paths),
      env: { GIT_WORK_TREE: folder },
    });
    if (!written.ok) return written;
    const untouched: BytePath[] = [];
    for (const path of paths) {
      const [then, now] = await Promise.all(
        [folder, root].map((place) => hashFile(absoluteOf(place, path), objectFormat)),
      );
      if (then !== null && then === now) untouched.push(path);
    }
    return ok(untouched);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The files that both indexes know and that have other bytes in the second. */
export function rewrittenFiles(before: IndexFile, after: IndexFile): readonly BytePath[] {
  const rewritten: BytePath[] = [];
  for (const { path, objectId, stamp } of after.entries.values()) {
    const old = before.entries.get(path);
    if (old !== undefined && old.objectId !== objectId && isFileMode(stamp.mode) && isFileMode(old.stamp.mode)) {
      rewritten.push(path);
    }
  }
  return rewritten;
}

const isFileMode = (mode: number): boolean => (mode & 0o170000) === 0o100000;

export const convertsFiles = (index: IndexFile): boolean =>
  [...index.entries.keys()].some((path) => path === '.gitattributes' || path.endsWith('/.gitattributes'));
