import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, usageFailure } from './cli-failure.ts';
import { findRepository } from './instance-file.ts';

/** The repository that `--repo-root` names, or that the current folder is in. */
export function findRepoRoot(context: CliContext, flag: string | undefined): Result<string, CliFailure> {
  if (flag !== undefined) {
    const named = resolve(context.cwd, flag);
    return isFolder(named) ? ok(named) : err(usageFailure(`--repo-root ${named} is no folder`));
  }
  const found = findRepository(context.cwd);
  if (found !== null) return ok(found);
  if (isBareRepository(context.cwd)) {
    return err({
      error: 'finding the repository',
      message: `${context.cwd} is a bare repository: it has no files to work on`,
      exit: EXIT.usage,
      nextStep: 'Clone it, or add a worktree, and go there',
    });
  }
  return err({
    error: 'finding the repository',
    message: `${context.cwd} is in no git repository`,
    exit: EXIT.usage,
    nextStep: 'Go into one, name one with --repo-root, or make one with: git init',
  });
}

const isBareRepository = (folder: string): boolean =>
  isFolder(join(folder, 'objects')) && isFolder(join(folder, 'refs')) && existsSync(join(folder, 'HEAD'));

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** `--port`: a number up to 65535; 0 leaves the choice to the system. */
export function readPort(flag: string | undefined): Result<number | null, CliFailure> {
  if (flag === undefined) return ok(null);
  const port = Number(flag);
  if (/^\d{1,5}$/.test(flag) && port <= 65_535) return ok(port);
  return err(usageFailure(`--port expects a number between 0 and 65535, not ${JSON.stringify(flag)}`));
}
