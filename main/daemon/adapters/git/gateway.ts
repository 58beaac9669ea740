import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A HEAD that names nothing: as `--all` counts it among the refs, it must not keep anything. */
const NO_HEAD = 'ref: refs/heads/codencer-has-no-head';

/**
 * A git directory that only leads to the refs of another one, as a linked worktree's does. Git's ref store follows a
 * `commondir` file in the directory it is given, whatever `GIT_COMMON_DIR` says; so it is given one of ours, and a
 * file planted in the repository's own is never read.
 */
export function makeGateway(directory: string, commonDir: string, head: string = NO_HEAD): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(filesOf(commonDir, head))) writeFileSync(join(directory, name), text);
  return directory;
}

/**
 * Makes a gateway that stays on disk anew when it is not as it was made: whoever writes in it could send refs, and so
 * the work that they name, elsewhere. What is as it should be stays, for others may be using it.
 */
export function keepGateway(directory: string, commonDir: string): void {
  const files = filesOf(commonDir, NO_HEAD);
  if (isAsMade(directory, files)) return;
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isDirectory()) rmSync(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(directory)) {
    if (files[name] === undefined) rmSync(join(directory, name), { recursive: true });
  }
  for (const [name, text] of Object.entries(files)) {
    if (isFileOf(join(directory, name), text)) continue;
    rmSync(join(directory, name), { recursive: true, force: true });
    writeFileSync(join(directory, name), text);
  }
}

const filesOf = (commonDir: string, head: string): Readonly<Record<string, string>> => ({
  commondir: `${commonDir}\n`,
  HEAD: `${head}\n`,
});

function isAsMade(directory: string, files: Readonly<Record<string, string>>): boolean {
  try {
    const names = readdirSync(directory);
    if (!lstatSync(directory).isDirectory() || names.length !== Object.keys(files).length) return false;
    return names.every((name) => isFileOf(join(directory, name), files[name]));
  } catch {
    return false; // Not there, or closed to us: it is made anew.
  }
}

const isFileOf = (file: string, text: string | undefined): boolean =>
  lstatSync(file, { throwIfNoEntry: false })?.isFile() === true && readFileSync(file, 'utf8') === text;
