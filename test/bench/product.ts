import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Where a daemon for this repository keeps its record. */
export const recordPath = (repoRoot: string): string => join(repoRoot, '.codencer', 'codencer.db');

const KEPT = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'USER'];

/** Nothing of the caller's that could change what is measured: addresses of other daemons, npm's variables, Node's options. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
