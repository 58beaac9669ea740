import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real repository with one commit, in a folder of its own that goes with it. */
export interface TemporaryRepository {
  readonly root: string;
  git(...args: readonly string[]): string;
  write(path: string, content: string): void;
  remove(): void;
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.invalid',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.invalid',
};

export function createRepository(
  files: Readonly<Record<string, string>> = { 'README.md': '# test\n' },
): TemporaryRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codencer-test-')));
  const root = join(folder, 'repo');
  mkdirSync(root);
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...IDENTITY },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  git('init', '--quiet', '--initial-branch=main');
  for (const [path, content] of Object.entries(files)) write(path, content);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  return { root, git, write, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
