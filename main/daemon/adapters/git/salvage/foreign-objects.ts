import { realpath } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Repository } from '../repository.ts';
import { readAlternates } from '../repository-facts.ts';
import type { NotSaved } from './salvage-result.ts';

/**
 * Git does not write an object again that an alternate store has. A store that appeared while we worked, or that lies
 * where worktrees come and go, may take saved work with it when it goes.
 */
export async function findForeignObjects(repository: Repository): Promise<readonly NotSaved[]> {
  const alternates = await readAlternates(repository);
  if (alternates === repository.alternates && !(await leadsInside(repository, alternates))) return [];
  const reason =
    'objects/info/alternates of the repository names a place that may go, so objects of this work may lie only there';
  return [{ path: '.', code: 'objects_elsewhere', reason, keepsWorktree: true }];
}

async function leadsInside({ root, commonDir, objectsDir }: Repository, alternates: string): Promise<boolean> {
  for (const line of alternates.split('\n').filter((text) => text !== '' && !text.startsWith('#'))) {
    const place = resolve(objectsDir, line);
    const real = await realpath(place).catch(() => place); // Not there: then it is what its name says.
    if (isInside(root, real) && !isInside(commonDir, real)) return true;
  }
  return false;
}

const isInside = (folder: string, path: string): boolean => !/^\.\.(\/|$)/.test(relative(folder, path));
