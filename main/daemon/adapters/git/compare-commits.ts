import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../contract/result.ts';
import type { CleanRoom } from './clean-room.ts';
import type { GitFailure } from './git-failure.ts';
import { openRoom, type Repository } from './repository.ts';
import { type Change, listChanges, writePatch } from './salvage/describe-changes.ts';
import type { ChangedFile } from './salvage/salvage-result.ts';

/** Two commits that the repository holds, whoever made them. */
export interface CommitPair extends Change {
  readonly signal: AbortSignal;
}

/** The files that differ between two commits, in the order of their paths. */
export const compareCommits = (
  repository: Repository,
  pair: CommitPair,
): Promise<Result<readonly ChangedFile[], GitFailure>> => inRoom(repository, pair, (room) => listChanges(room, pair));

/** The patch between two commits, in a file that has no name any more: it is gone when the handle is closed. */
export const openPatch = (repository: Repository, pair: CommitPair): Promise<Result<FileHandle, GitFailure>> =>
  inRoom(repository, pair, async (room) => {
    room.ready();
    const written = await writePatch(room, pair, join(room.directory, 'patch'));
    return written.ok ? ok(await open(written.value)) : written;
  });

/** Nothing is checked out: the worktree of a room of objects is the room. */
async function inRoom<T>(
  repository: Repository,
  { from, signal }: CommitPair,
  use: (room: CleanRoom) => Promise<T>,
): Promise<T> {
  const room = openRoom(repository, {
    worktree: repository.privateDir,
    head: from,
    conversion: 'raw',
    exclude: '',
    index: null,
    signal,
  });
  try {
    return await use(room);
  } finally {
    await room.dispose();
  }
}
