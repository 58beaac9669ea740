import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSystemError } from '../adapters/files/file-problem.ts';
import type { HelpPages } from '../services/ports/help-pages.ts';
import { packageRoot } from './package-root.ts';

/** The documents that come with the program. They are looked for when somebody first asks. */
export function composeHelp(): HelpPages {
  let folder: string | null = null;
  return {
    async read(name) {
      if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) return null;
      folder ??= join(packageRoot(), 'resources/docs');
      return readPage(join(folder, `${name}.md`));
    },
  };
}

async function readPage(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}
