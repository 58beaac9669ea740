import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface DemoFolder {
  readonly repoRoot: string;
  /** A file outside of the repository by which a validation knows that it ran before. */
  readonly markerPath: string;
  readonly remove: () => Promise<void>;
}

const FILES: Readonly<Record<string, string>> = {
  'README.md': '# A small project\n',
  'greeting.txt': 'Hello.\n',
  'package.json': '{\n  "name": "small-project",\n  "version": "1.0.0"\n}\n',
};

/** A repository with one commit, in a temporary folder of its own. */
export async function makeDemoFolder(): Promise<DemoFolder> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'codencer-demo-')));
  const repoRoot = join(folder, 'repository');
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await makeRepository(repoRoot);
  } catch (error) {
    await remove();
    throw error;
  }
  return { repoRoot, markerPath: join(folder, 'was-here'), remove };
}

async function makeRepository(root: string): Promise<void> {
  await mkdir(root);
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(root, name), text);
  await git(root, ['init', '--quiet', '--initial-branch=main']);
  await git(root, ['add', '--all']);
  await git(root, ['commit', '--quiet', '--message', 'A small project']);
}

const IDENTITY = { GIT_AUTHOR_NAME: 'Demo', GIT_AUTHOR_EMAIL: 'demo@localhost' };

/** Without the user's own configuration: a commit template, signing or hooks of theirs are not part of this. */
async function git(cwd: string, args: readonly string[]): Promise<void> {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    ...IDENTITY,
    GIT_COMMITTER_NAME: IDENTITY.GIT_AUTHOR_NAME,
    GIT_COMMITTER_EMAIL: IDENTITY.GIT_AUTHOR_EMAIL,
  };
  await run('git', args, { cwd, env });
}
