import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Where a program is, by the PATH as it is now, so that a child need not try one folder after the other between its fork
 * and its start. Looked up again when it is no longer there. The bare name where that cannot be told: the system looks
 * then and says what it misses. Folders that depend on where the child runs are its own to look into.
 */
export function createProgramFinder(name: string, environment: Readonly<Record<string, string | undefined>>) {
  let known: string | null = null;
  return (): string => {
    // Windows looks in places of its own and for several endings.
    if (process.platform === 'win32' || name.includes('/')) return name;
    if (known === null || !isProgram(known)) known = search(name, environment['PATH'] ?? '');
    return known ?? name;
  };
}

function search(name: string, path: string): string | null {
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) return null;
    const candidate = join(folder, name);
    if (isProgram(candidate)) return candidate;
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not for us to run: the next folder may have it
  }
}
