import { join } from 'node:path';
import { STATE_FOLDER } from '../adapters/instance/state-folder.ts';
import { createProfileReader } from '../adapters/profiles/profile-folder.ts';
import { createShelf } from '../adapters/profiles/profile-shelf.ts';
import type { ExecutorShelf } from '../domain/executor-shelf.ts';
import { packageRoot } from './package-root.ts';

export interface ComposedShelf {
  readonly shelf: () => ExecutorShelf;
  /**
   * The variables of the daemon that profiles took values from when the shelf was looked at last, which is before anybody
   * gets one of them. The same list as long as no file has changed: it is asked for with every text that is redacted.
   */
  readonly handedVariables: () => readonly string[];
}

/** The executors that a task may name in a repository. */
export function composeShelf(repoRoot: string): ComposedShelf {
  const shipped = join(packageRoot(), 'resources/executors');
  const folder = `${STATE_FOLDER}/executors/`;
  const read = createShelf({
    shipped: createProfileReader({ path: shipped, root: shipped, shownAs: '' }),
    repository: createProfileReader({ path: join(repoRoot, folder), root: repoRoot, shownAs: folder }),
  });
  let last: ExecutorShelf | null = null;
  let handed: readonly string[] = [];
  const shelf = (): ExecutorShelf => {
    const now = read();
    if (now !== last) handed = sourcesOf(now);
    last = now;
    return now;
  };
  return {
    shelf,
    handedVariables() {
      if (last === null) shelf();
      return handed;
    },
  };
}

const sourcesOf = ({ executors }: ExecutorShelf): readonly string[] =>
  [...executors.values()].flatMap(({ profile }) => Object.values(profile?.environment ?? {}));
