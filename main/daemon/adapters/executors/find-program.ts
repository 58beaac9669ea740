import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

export interface FoundProgram {
  readonly path: string;
  /** The first line that `--version` prints; null when it prints none in time. */
  readonly version: string | null;
}

type Variables = Readonly<Record<string, string>>;

/** Looks for a program by its absolute path, or by its name in `PATH`, and asks which version it is. */
export async function findProgram(name: string, env: Variables): Promise<FoundProgram | null> {
  const path = await findPath(name, env['PATH'] ?? '');
  return path === null ? null : { path, version: await askVersion(path, env) };
}

async function findPath(name: string, searched: string): Promise<string | null> {
  const folders = searched.split(delimiter).filter((folder) => isAbsolute(folder));
  const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
  for (const path of candidates) if (await isProgram(path)) return path;
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not for us to run
  }
}

const TIMEOUT_MS = 3000;
const MAX_OUTPUT_BYTES = 64 * 1024;
const MAX_VERSION_CHARACTERS = 120;

function askVersion(path: string, env: Variables): Promise<string | null> {
  const limits = { timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve) => {
    const child = execFile(path, ['--version'], { ...limits, env, windowsHide: true }, (error, stdout) => {
      const [line = ''] = stdout.trim().split(/\r?\n/, 1);
      resolve(error !== null || line === '' ? null : line.slice(0, MAX_VERSION_CHARACTERS));
    });
    child.stdin?.end();
  });
}
