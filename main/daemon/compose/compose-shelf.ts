import { join } from 'node:path';
import { STATE_FOLDER } from '../adapters/instance/state-folder.ts';
import { createProfileReader } from '../adapters/profiles/profile-folder.ts';
import { createShelf } from '../adapters/profiles/profile-shelf.ts';
import type { ExecutorShelf } from '../domain/executor-shelf.ts';
import { packageRoot } from './package-root.ts';

/** The executors that a task may name in a repository. */
export function composeShelf(repoRoot: string): () => ExecutorShelf {
  const root = packageRoot();
  const folder = `${STATE_FOLDER}/executors/`;
  return createShelf({
    shipped: createProfileReader({ path: join(root, 'resources/executors'), root, shownAs: '' }),
    repository: createProfileReader({ path: join(repoRoot, folder), root: repoRoot, shownAs: folder }),
  });
}
