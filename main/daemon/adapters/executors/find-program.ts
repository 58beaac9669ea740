import { spawn } from 'node:child_process';
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
const MAX_OUTPUT_CHARACTERS = 64 * 1024;
const MAX_VERSION_CHARACTERS = 120;

/** Whatever the program starts goes with it: it leads a group of its own. */
async function askVersion(path: string, env: Variables): Promise<string | null> {
  const child = spawn(path, ['--version'], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const endGroup = () => {
    if (child.pid !== undefined) killGroup(child.pid);
    child.stdout.destroy(); // Whoever left the group may hold the other end: nobody waits for that.
  };
  const timer = setTimeout(endGroup, TIMEOUT_MS);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.length > MAX_OUTPUT_CHARACTERS) endGroup();
  });
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null)); // it cannot be started: then it has no version either
    child.once('close', resolve);
  });
  clearTimeout(timer);
  endGroup();
  const [line = ''] = text.trim().split(/\r?\n/, 1);
  return exitCode !== 0 || line === '' ? null : line.slice(0, MAX_VERSION_CHARACTERS);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
