import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { gitCeilings } from '../../main/daemon/adapters/git/git-ceilings.ts';
import { PLAIN_GIT_ENV } from './git-sandbox.ts';
import { successOf } from './success-of.ts';

/** Paths as bytes (latin1). */
const NAMES = [
  'a.txt',
  'dir/c.txt',
  'dir/d.bin',
  'dir/sub/deep.txt',
  'dir',
  'a.txt/below',
  '-dash',
  ' lead and trail ',
  'new\nline',
  'quo"te',
  'back\\slash',
  'tab\there',
  '\xff\xfe-no-utf8',
  '\xfcml/\xe4ut',
  'z\xc3\xbcrich',
  'l'.repeat(240),
  '*.glob',
  ':(top)magic',
  '!bang',
  '#hash',
  '"quoted"',
  '.hidden',
  'x.log',
  'build/out.o',
  'build/deep/very.o',
  'node_modules/m/index.js',
  'target/debug/x',
  '.GIT/config',
  'git~1',
  'con',
  'lib/module.js',
] as const;

const CONTENTS = [
  '',
  'one\n',
  'two\r\nlines\r\n',
  '$Id$\n',
  Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256)).toString('latin1'),
  Buffer.from('\ufeffsixteen bits\n', 'utf16le').toString('latin1'),
  'no end of line',
  'same size A',
  'same size B',
  'x'.repeat(70_000),
] as const;

const IGNORES = ['*.log\nbuild/\nnode_modules/\ntarget/\n', '*\n', '*.log\nnode_modules/*\n', ''] as const;

const ATTRIBUTES = [
  '* text=auto eol=crlf\n',
  '* text ident\n',
  '* working-tree-encoding=UTF-16\n',
  '* -diff binary\n',
  '* filter=evil merge=evil diff=evil\n',
] as const;

/** Commands of git as an agent runs them; some fail, as an agent's do. */
const COMMANDS = [
  ['add', '--all'],
  ['add', 'a.txt'],
  ['commit', '--quiet', '--all', '-m', 'all'],
  ['commit', '--quiet', '--allow-empty', '-m', 'staged'],
  ['commit', '--quiet', '--amend', '--allow-empty', '-m', 'amended'],
  ['checkout', '--quiet', '-B', 'feature'],
  ['checkout', '--quiet', '--detach'],
  ['checkout', '--quiet', '-B', 'other', 'HEAD~1'],
  ['checkout', '--quiet', '--force', 'feature'],
  ['checkout', '--quiet', '--orphan', 'fresh'],
  ['reset', '--quiet', '--hard', 'HEAD~1'],
  ['reset', '--quiet', '--soft', 'HEAD~1'],
  ['reset', '--quiet'],
  ['stash', 'push', '--quiet', '--include-untracked'],
  ['stash', 'pop', '--quiet'],
  ['stash', 'drop', '--quiet'],
  ['branch', '--force', '-D', 'feature'],
  ['branch', '--force', '-D', 'other'],
  ['merge', '--quiet', 'feature'],
  ['merge', '--quiet', 'other'],
  ['rebase', '--quiet', 'other'],
  ['rebase', '--abort'],
  ['cherry-pick', 'feature'],
  ['bisect', 'start'],
  ['update-ref', 'refs/worktree/mine', 'HEAD'],
  ['update-index', '--assume-unchanged', 'a.txt'],
  ['update-index', '--skip-worktree', 'dir/c.txt'],
  ['rm', '--quiet', '--cached', '-r', '.'],
  ['rm', '--quiet', '-f', 'a.txt'],
  ['status'],
  ['gc', '--quiet', '--prune=now'],
  ['tag', '--force', 'mark'],
  ['add', '--intent-to-add', '.'],
  ['worktree', 'add', '--quiet', '--detach', 'further'],
] as const;

export type AgentAction =
  | { readonly do: 'write'; readonly path: string; readonly content: string }
  | { readonly do: 'append'; readonly path: string }
  | { readonly do: 'rewrite-in-place'; readonly path: string }
  | { readonly do: 'remove'; readonly path: string }
  | { readonly do: 'rename'; readonly from: string; readonly to: string }
  | { readonly do: 'copy'; readonly from: string; readonly to: string }
  | { readonly do: 'link'; readonly path: string; readonly target: string }
  | { readonly do: 'hard-link'; readonly from: string; readonly to: string }
  | { readonly do: 'make-executable'; readonly path: string }
  | { readonly do: 'make-folder'; readonly path: string }
  | { readonly do: 'make-fifo'; readonly path: string }
  | { readonly do: 'set-ignores'; readonly content: string }
  | { readonly do: 'set-attributes'; readonly content: string }
  | { readonly do: 'write-large-ignored' }
  | { readonly do: 'leave-lock' }
  | { readonly do: 'drop-git-file' }
  | { readonly do: 'git'; readonly args: readonly string[] }
  | { readonly do: 'git-in'; readonly folder: string; readonly args: readonly string[] }
  | { readonly do: 'nested-init'; readonly folder: string }
  | { readonly do: 'nested-history'; readonly folder: string }
  | { readonly do: 'nested-clone'; readonly folder: string; readonly isShallow: boolean }
  | { readonly do: 'submodule-init' };

const FOLDERS = ['nested', 'lib', 'build/inner', 'nested/deeper', '\xe9tage/repo', 'sub'] as const;

const path = fc.constantFrom(...NAMES);

export const agentAction: fc.Arbitrary<AgentAction> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('write' as const), path, content: fc.constantFrom(...CONTENTS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('append' as const, 'rewrite-in-place' as const, 'remove' as const),
      path,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('rename' as const, 'copy' as const, 'hard-link' as const),
      from: path,
      to: path,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('link' as const),
      path,
      target: fc.constantFrom('a.txt', '/etc/passwd', 'nowhere', '..', '\xff'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('make-executable' as const, 'make-folder' as const, 'make-fifo' as const),
      path,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('set-ignores' as const), content: fc.constantFrom(...IGNORES) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('set-attributes' as const), content: fc.constantFrom(...ATTRIBUTES) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'write-large-ignored' as const,
        'leave-lock' as const,
        'drop-git-file' as const,
        'submodule-init' as const,
      ),
    }),
  },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('git' as const), args: fc.constantFrom(...COMMANDS) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('git-in' as const),
      folder: fc.constantFrom(...FOLDERS),
      args: fc.constantFrom(...COMMANDS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('nested-init' as const, 'nested-history' as const),
      folder: fc.constantFrom(...FOLDERS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('nested-clone' as const),
      folder: fc.constantFrom(...FOLDERS),
      isShallow: fc.boolean(),
    }),
  },
);

/** What an agent does is tried; what is impossible at that moment is passed over, as it would be by an agent. */
export function actAs(worktree: string, source: string, action: AgentAction): void {
  try {
    perform({ worktree, source, at: (name) => Buffer.from(`${worktree}/${name}`, 'latin1') }, action);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}

interface Scene {
  readonly worktree: string;
  /** A repository to clone from. */
  readonly source: string;
  readonly at: (name: string) => Buffer;
}

function perform({ worktree, source, at }: Scene, action: AgentAction): void {
  switch (action.do) {
    case 'write':
      makeRoom(worktree, action.path);
      return writeFileSync(at(action.path), Buffer.from(action.content, 'latin1'));
    case 'append':
      return onFile(at(action.path), (file) => appendFileSync(file, 'more\n'));
    case 'rewrite-in-place':
      return rewriteInPlace(at(action.path));
    case 'remove':
      return removeAt(at(action.path));
    case 'rename':
      makeRoom(worktree, action.to);
      return renameSync(at(action.from), at(action.to));
    case 'copy':
      makeRoom(worktree, action.to);
      return onFile(at(action.from), (file) => copyFileSync(file, at(action.to)));
    case 'hard-link':
      makeRoom(worktree, action.to);
      return linkSync(at(action.from), at(action.to));
    case 'link':
      makeRoom(worktree, action.path);
      return symlinkSync(Buffer.from(action.target, 'latin1'), at(action.path));
    case 'make-executable':
      return chmodSync(at(action.path), 0o755);
    case 'make-folder':
      return void mkdirSync(at(action.path), { recursive: true });
    case 'make-fifo':
      makeRoom(worktree, action.path);
      return runIn(worktree, worktree, ['mkfifo', '--', ...(isPlain(action.path) ? [action.path] : [])]);
    case 'set-ignores':
      return writeFileSync(at('.gitignore'), action.content);
    case 'set-attributes':
      return writeFileSync(at('.gitattributes'), action.content);
    case 'write-large-ignored':
      writeFileSync(at('.gitignore'), '*.huge\n');
      return writeFileSync(at('x.huge'), Buffer.alloc(60_000, 7));
    case 'leave-lock':
      return writeFileSync(join(gitDirOf(worktree), 'index.lock'), '');
    case 'drop-git-file':
      return rmSync(at('.git'));
    case 'git':
      return runIn(worktree, worktree, ['git', ...action.args]);
    case 'git-in':
      return runIn(worktree, at(action.folder), ['git', ...action.args]);
    case 'nested-init':
      makeRoom(worktree, `${action.folder}/inside.txt`);
      writeFileSync(at(`${action.folder}/inside.txt`), `in ${action.folder}\n`);
      return runIn(worktree, at(action.folder), ['git', 'init', '--quiet']);
    case 'nested-history':
      return nestedHistory({ worktree, source, at }, action.folder);
    case 'nested-clone':
      return nestedClone({ worktree, source, at }, action.folder, action.isShallow);
    case 'submodule-init':
      return runIn(worktree, worktree, ['git', 'submodule', '--quiet', 'update', '--init']);
  }
}

/** Commits that only a reflog knows, a stash, and content that is only staged. */
function nestedHistory(scene: Scene, folder: string): void {
  perform(scene, { do: 'nested-init', folder });
  const file = scene.at(`${folder}/inside.txt`);
  for (const [content, args] of [
    ['first\n', ['commit', '--quiet', '-m', 'first']],
    ['amended\n', ['commit', '--quiet', '--amend', '-m', 'amended']],
    ['stashed\n', ['stash', 'push', '--quiet']],
    ['staged\n', ['status']],
  ] as const) {
    writeFileSync(file, content);
    runIn(scene.worktree, scene.at(folder), ['git', 'add', '--all']);
    runIn(scene.worktree, scene.at(folder), ['git', ...args]);
  }
  writeFileSync(file, 'on disk\n');
}

function nestedClone({ worktree, source, at }: Scene, folder: string, isShallow: boolean): void {
  makeRoom(worktree, folder);
  mkdirSync(at(folder), { recursive: true });
  const depth = isShallow ? ['--depth', '1'] : [];
  runIn(worktree, at(folder), ['git', 'clone', '--quiet', ...depth, `file://${source}`, '.']);
}

/** Opening a FIFO would wait for somebody at its other end. */
function onFile(file: Buffer, work: (file: Buffer) => void): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile()) work(file);
}

/** Same inode, same size, and the old modification time: only the time of the change itself tells. */
function rewriteInPlace(file: Buffer): void {
  const stats = lstatSync(file);
  if (!stats.isFile() || stats.size === 0) return;
  const bytes = readFileSync(file);
  bytes.writeUInt8(((bytes[0] ?? 0) + 1) % 256, 0);
  writeFileSync(file, bytes, { flag: 'r+' });
  utimesSync(file, stats.atime, stats.mtime);
}

const isPlain = (name: string): boolean => !/[\x80-\xff]/.test(name);

/** Makes the folders above a path, in place of files that stand there, and clears the path itself. */
function makeRoom(worktree: string, name: string): void {
  const parts = name.split('/');
  for (let depth = 1; depth < parts.length; depth += 1) {
    const folder = Buffer.from(`${worktree}/${parts.slice(0, depth).join('/')}`, 'latin1');
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isDirectory()) removeAt(folder);
    mkdirSync(folder, { recursive: true });
  }
  removeAt(Buffer.from(`${worktree}/${name}`, 'latin1'));
}

function removeAt(target: Buffer): void {
  const stats = lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) return rmSync(target);
  for (const name of readdirSync(target, { encoding: 'buffer' }))
    removeAt(Buffer.concat([target, Buffer.from('/'), name]));
  rmdirSync(target);
}

function gitDirOf(worktree: string): string {
  return readFileSync(join(worktree, '.git'), 'utf8')
    .replace(/^gitdir: /, '')
    .trim();
}

const ceilingsOf = (worktree: string) =>
  successOf(
    gitCeilings({
      workspaceRoot: dirname(worktree),
      root: dirname(dirname(dirname(worktree))),
      linksDir: join(tmpdir(), 'codencer-test-links'),
    }),
  );

/** With the environment that an executor gets: without it an agent that dropped its `.git` would work in the repository. */
function runIn(worktree: string, cwd: string | Buffer, [program = '', ...args]: readonly string[]): void {
  const link = join(mkdtempSync(join(tmpdir(), 'codencer-test-')), 'cwd');
  // A folder whose name is not text cannot be passed to a child in any other way.
  symlinkSync(cwd, link);
  try {
    const ended = spawnSync(program, args, {
      cwd: link,
      env: { ...PLAIN_GIT_ENV, ...ceilingsOf(worktree), GIT_EDITOR: 'true' },
      stdio: 'ignore',
      timeout: 20_000,
    });
    if (ended.error) throw ended.error;
  } finally {
    rmSync(dirname(link), { recursive: true });
  }
}
