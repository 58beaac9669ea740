import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { err, ok, type Result } from '../../contract/result.ts';

const run = promisify(execFile);

/** `blob` is the object's name; `path` its bytes as latin1, because a file name need not be text. */
export interface TreeFile {
  readonly mode: string;
  readonly blob: string;
  readonly path: string;
}

/** What reads objects only: no hook, filter, pager or helper of the repository has a part in it, and nothing is fetched. */
const GIT_ENVIRONMENT = { GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
const MAX_LISTING_BYTES = 500_000_000;

const gitEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  ...GIT_ENVIRONMENT,
});

/** Every file of a commit. A submodule is listed with mode 160000 and has no content here. */
export async function listTree(repoRoot: string, commit: string): Promise<Result<readonly TreeFile[], string>> {
  try {
    const { stdout } = await run('git', ['-C', repoRoot, 'ls-tree', '-r', '-z', '--full-tree', commit], {
      encoding: 'latin1',
      maxBuffer: MAX_LISTING_BYTES,
      env: gitEnvironment(),
    });
    return ok(stdout.split('\0').flatMap(parseEntry));
  } catch (error) {
    return err(error instanceof Error ? error.message.trim() : String(error));
  }
}

function parseEntry(entry: string): readonly TreeFile[] {
  const [, mode = '', blob = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
  return path === '' ? [] : [{ mode, blob, path }];
}

/** The content of one object, in bounded memory. */
export function openBlob(repoRoot: string, blob: string) {
  const child = spawn('git', ['-C', repoRoot, 'cat-file', 'blob', blob], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: gitEnvironment(),
  });
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('close', (exitCode) => resolve(exitCode === 0));
  });
  return { content: child.stdout, ended };
}
