import { constants, fstatSync, realpathSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { type FileProblem, hasCode, refuseFile, tryFile } from './file-problem.ts';

export interface OpenedFile {
  /** Open for reading; the caller closes it. */
  readonly handle: FileHandle;
  readonly stats: Stats;
}

/** Not to wait for a writer when the name is a pipe, not to follow a link in the last place; Windows knows neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a regular file below `root` for reading. Refused: a place outside the root, a link anywhere on the way (the
 * root itself may be reached through one), and whatever is not a regular file. Names are followed at once: the system
 * has just looked them up, and a trip to the threads that read files takes several times as long.
 */
export async function openArtifactFile(root: string, path: string): Promise<Result<OpenedFile, FileProblem>> {
  const fromRoot = relative(root, path);
  if (fromRoot === '' || fromRoot === '..' || fromRoot.startsWith(`..${sep}`) || isAbsolute(fromRoot)) {
    return err(refuseFile('open', path, `it is outside of ${JSON.stringify(root)}`));
  }
  const opened = await tryFile('open', path, async () => {
    const place = join(realpathSync.native(root), fromRoot);
    return openPlain(place, path);
  });
  return opened.ok ? opened.value : opened;
}

async function openPlain(place: string, shown: string): Promise<Result<OpenedFile, FileProblem>> {
  const handle = await openUnlessLink(place);
  if (handle === null) return err(refuseFile('open', shown, 'it is a link'));
  try {
    const stats = fstatSync(handle.fd);
    // Asked after opening: a link that was put on the way in between is seen too.
    const problem = realpathSync.native(place) !== place ? 'a link is on the way' : null;
    const refused = problem ?? (stats.isFile() ? null : 'it is not a regular file');
    if (refused === null) return ok({ handle, stats });
    await handle.close();
    return err(refuseFile('open', shown, refused));
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openUnlessLink(place: string): Promise<FileHandle | null> {
  try {
    return await open(place, FLAGS);
  } catch (error) {
    if (hasCode(error, 'ELOOP')) return null;
    throw error;
  }
}
