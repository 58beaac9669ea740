import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OUR_NODE, PROGRAMS_FOLDER } from './programs.ts';

const FOLDER = import.meta.dirname;
const STAMP = join(PROGRAMS_FOLDER, '.installed-lock');
const LOCK = join(FOLDER, '.installing');
const LOOK_AGAIN_MS = 500;

/** Brings the vendors' programs (about 2 GB) when they are missing or the lock file has changed; one process at a time. */
export function installPrograms(): void {
  if (isInstalled()) return;
  hold();
  try {
    if (!isInstalled()) install();
  } finally {
    rmdirSync(LOCK);
  }
}

function install(): void {
  console.log('installing the agents of test/agents/package-lock.json (about 2 GB; once)');
  const startedMs = performance.now();
  const PATH = `${dirname(OUR_NODE)}:${process.env['PATH'] ?? ''}`;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: FOLDER,
    stdio: 'inherit',
    env: { ...process.env, PATH },
  });
  if (status !== 0) throw new Error(`npm ci in ${FOLDER} ended with ${status}`);
  writeFileSync(STAMP, lockHash());
  console.log(`installed in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

const isInstalled = (): boolean => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash();

const lockHash = (): string =>
  createHash('sha256')
    .update(readFileSync(join(FOLDER, 'package-lock.json')))
    .digest('hex');

/** A folder is made by one process only. */
function hold(): void {
  for (;;) {
    try {
      mkdirSync(LOCK);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
  }
}
