import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package that this file is in: a bundle is less deep in it than its sources. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
