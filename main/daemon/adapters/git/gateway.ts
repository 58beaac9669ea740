import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A HEAD that names nothing: as `--all` counts it among the refs, it must not keep anything. */
const NO_HEAD = 'ref: refs/heads/codencer-has-no-head';

/**
 * A git directory that only leads to the refs of another one, as a linked worktree's does. Git's ref store follows a
 * `commondir` file in the directory it is given, whatever `GIT_COMMON_DIR` says; so it is given one of ours, and a
 * file planted in the repository's own is never read.
 */
export async function makeGateway(directory: string, commonDir: string, head: string = NO_HEAD): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, 'commondir'), `${commonDir}\n`);
  await writeFile(join(directory, 'HEAD'), `${head}\n`);
  return directory;
}
