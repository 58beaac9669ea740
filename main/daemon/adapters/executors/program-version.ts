import { spawn } from 'node:child_process';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';

export interface VersionQuestion {
  /** The program's absolute path with the arguments that come before all others. */
  readonly program: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** The program is asked again although it has not changed. */
  readonly anew: boolean;
  /** Otherwise only what is known of it already is told: it is not run, and its package not read. */
  readonly mayRun: boolean;
}

/** Null: it says none, or not in time; then the next one who asks may learn it. */
export type AskVersion = (question: VersionQuestion) => Promise<string | null>;

/** How long anybody waits for an answer. */
const WAIT_MS = 700;

/** What a program said counts until its file is another one. */
export function createVersions(): AskVersion {
  const kept = new Map<string, Promise<string | null>>();
  return async ({ program, env, anew, mayRun }) => {
    const asked = whatToAsk(program);
    const key = await identityOf(asked);
    let answer = anew && mayRun ? undefined : kept.get(key);
    if (answer === undefined) {
      if (!mayRun) return null;
      answer = findVersion(asked, env);
      kept.set(key, answer);
    }
    return firstOf(answer, WAIT_MS);
  };
}

/** `node /path/to/cli.js --acp` is that script, and must not be asked with arguments that mean something else. */
function whatToAsk([path, ...args]: VersionQuestion['program']): VersionQuestion['program'] {
  const script = args.findIndex(isAbsolute);
  return [path, ...args.slice(0, script + 1)];
}

/**
 * What comes before a script may be a command of its own, as in `sh -c … /script`: who only lists executors runs none.
 */
const isProgramAlone = ([, ...args]: VersionQuestion['program']): boolean => args.length <= 1;

async function identityOf(asked: VersionQuestion['program']): Promise<string> {
  const parts = await Promise.all(
    asked.map(async (part) => {
      if (!isAbsolute(part)) return part;
      const { ino, size, mtimeMs } = await stat(part).catch(() => GONE);
      return `${part} ${ino} ${size} ${mtimeMs}`;
    }),
  );
  return parts.join('\0');
}

const GONE = { ino: 0, size: 0, mtimeMs: 0 };

async function firstOf<T>(answer: Promise<T>, waitMs: number): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), waitMs);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function findVersion(asked: VersionQuestion['program'], env: VersionQuestion['env']): Promise<string | null> {
  const file = asked.at(-1) ?? asked[0];
  return (await versionOfPackage(file)) ?? (isProgramAlone(asked) ? await askProgram(asked, env) : null);
}

const PackageFile = z.object({ version: z.string() });

/** Programs of npm packages are links into them: that is read in no time, while some take seconds to say it. */
async function versionOfPackage(path: string): Promise<string | null> {
  try {
    const [, root] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(await realpath(path)) ?? [];
    if (root === undefined) return null;
    const description = PackageFile.safeParse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    return description.success ? description.data.version : null;
  } catch {
    return null; // a program outside of packages: it is asked itself
  }
}

const TIMEOUT_MS = 3000;
const MAX_OUTPUT_CHARACTERS = 64 * 1024;
const MAX_VERSION_CHARACTERS = 120;

/** The first line of what it says. Whatever the program starts goes with it: it leads a group of its own. */
async function askProgram(
  [path, ...args]: VersionQuestion['program'],
  env: VersionQuestion['env'],
): Promise<string | null> {
  const child = spawn(path, [...args, '--version'], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
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
