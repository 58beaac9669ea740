import { realpath } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { isWithin } from '../files/contained-path.ts';

export interface NamedProgram {
  /** As the profile has it; empty: it names none. */
  readonly named: readonly string[];
  /** What was found: the program's absolute path with the arguments that come before all others. */
  readonly located: readonly [string, ...string[]];
  readonly repoRoot: string;
}

/**
 * Whether somebody else than the repository says which program this is: the vendor, or `PATH`. A repository may come from
 * anybody, with any path in its files, with programs among them, and with folders of its own that `PATH` leads to.
 */
export async function isNamedElsewhere({ named, located, repoRoot }: NamedProgram): Promise<boolean> {
  if (named.some(isAbsolute)) return false;
  try {
    const [root, ...files] = await Promise.all([repoRoot, ...located.filter(isAbsolute)].map((path) => realpath(path)));
    return files.every((file) => !isWithin(root ?? repoRoot, file));
  } catch {
    return false; // It is gone, or not for us to see: then nothing is known of it.
  }
}
