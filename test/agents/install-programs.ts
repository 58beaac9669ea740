import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { isInstalled } from './is-installed.ts';
import { OUR_NODE } from './programs.ts';

const FOLDER = import.meta.dirname;
/** Held by the kernel for as long as its holder lives. */
const LOCK_FILE = join(FOLDER, '.installing');

/** Brings the vendors' programs (about 2 GB) when they are missing or the lock file has changed; one process at a time. */
export function installPrograms(): void {
  if (isInstalled(FOLDER)) return;
  const hasFlock = spawnSync('flock', ['--version']).error === undefined;
  const script = [OUR_NODE, join(FOLDER, 'install.ts')];
  const [program = '', ...args] = hasFlock ? ['flock', LOCK_FILE, ...script] : script;
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`the agents were not installed: npm ci in ${FOLDER} failed`);
}

/** Gives npm's exit code. npm shows what it does. */
export function install(): number {
  console.log('installing the agents that test/agents/package-lock.json pins (about 2 GB; once)');
  const startedMs = performance.now();
  const env = { ...process.env, PATH: `${dirname(OUR_NODE)}:${process.env['PATH'] ?? ''}` };
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: FOLDER, stdio: 'inherit', env });
  console.log(`installing the agents took ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return status ?? 1;
}
