import { setTimeout as delay } from 'node:timers/promises';
import type { BytePath } from './byte-path.ts';
import { compareTree } from './compare-tree.ts';
import type { FileStamp } from './file-stamp.ts';
import { DOUBT_MS } from './find-unsaved.ts';
import { objectIdBytesOf } from './object-format.ts';
import type { Repository } from './repository.ts';
import { surveyTree } from './survey-tree.ts';
import { readSealedIndex, recall, remember } from './worktree-memory.ts';
import { pristineIndexOf, type Worktree } from './worktree-record.ts';

/**
 * Remembers what provisioning made of a fresh worktree, before anybody works in it: as long as these files stay as they
 * are, they are nobody's work. Waits first for the kernel's clock to go on, so that a later change shows in the times;
 * what is changed while it waits is not remembered.
 */
export async function noteBrought(repository: Repository, worktree: Worktree): Promise<void> {
  const known = recall(repository, worktree);
  const objectIdBytes = objectIdBytesOf(repository.objectFormat);
  const pristine = await readSealedIndex(pristineIndexOf(worktree), known?.pristine, objectIdBytes);
  if (pristine === null) return;
  await delay(ONE_READING_MS);
  const beforeMs = Date.now();
  await delay(DOUBT_MS);
  const surveyed = await surveyTree({ root: worktree.path, isCache: never, entersNested: never });
  if (!surveyed.ok) return; // Only who asks for it stops a survey; and what is not remembered counts as work.
  const { files } = surveyed.value;
  const { changed, unknown, removed } = compareTree({ index: pristine.index, survey: surveyed.value, doubtMs: 0 });
  const brought = new Map<BytePath, FileStamp | null>(removed.map((path) => [path, null]));
  for (const path of [...changed, ...unknown]) {
    const stamp = files.get(path)?.stamp;
    if (stamp !== undefined && stamp.ctimeMs < beforeMs) brought.set(path, stamp);
  }
  remember(repository, worktree, { brought });
}

/** `Date.now()` has no fractions and a file's time does: what was written in the same millisecond would look newer. */
const ONE_READING_MS = 2;

const never = (): boolean => false;
