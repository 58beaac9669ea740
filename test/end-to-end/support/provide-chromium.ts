import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { err, ok, type Result } from '../../../contract/result.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'] as const;
const INSTALL_LIMIT_MS = 10 * 60_000;

/** The program that $CHROMIUM names, or the first one on the path; null: there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const named = env['CHROMIUM'] ?? '';
  if (named !== '') return existsSync(named) ? named : null;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

/** Finds a Chromium, or has Debian's installed where that is allowed. The error is one line for whoever reads the end. */
export function provideChromium(say: (text: string) => void): Result<string, string> {
  const found = findChromium();
  if (found !== null) return ok(found);
  if (!mayInstall()) return err(NONE);
  const startedMs = performance.now();
  say('chromium is missing: apt-get installs it');
  const isInstalled = runApt('update') && runApt('install', '-y', '--no-install-recommends', 'chromium');
  say(`apt-get install chromium: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  const installed = isInstalled ? findChromium() : null;
  return installed === null ? err(NONE) : ok(installed);
}

const NONE =
  'No tests ran: there is no Chromium and apt-get could not install it. Install it, or name one in CHROMIUM, and try again.';

const mayInstall = (): boolean =>
  process.getuid?.() === 0 && (process.env['CHROMIUM'] ?? '') === '' && existsSync('/usr/bin/apt-get');

function runApt(...args: readonly string[]): boolean {
  const { status } = spawnSync('apt-get', ['-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_LIMIT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
