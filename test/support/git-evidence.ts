import { createHash } from 'node:crypto';
import { copyFileSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathOfText } from '../../main/daemon/adapters/git/path-text.ts';
import type { Salvage } from '../../main/daemon/adapters/git/salvage/salvage-result.ts';
import { plainGit } from './git-sandbox.ts';

/** The files below a folder, as `mode blob-id` by their bytes (latin1). Written apart from the product on purpose. */
export type Snapshot = ReadonlyMap<string, string>;

export function snapshotOf(root: string): Snapshot {
  const found = new Map<string, string>();
  visit(root, '', found);
  return found;
}

function visit(root: string, folder: string, found: Map<string, string>): void {
  for (const name of readdirSync(Buffer.from(`${root}/${folder}`, 'latin1'), { encoding: 'latin1' })) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const file = Buffer.from(`${root}/${path}`, 'latin1');
    const stats = lstatSync(file);
    if (name === '.git') continue;
    if (stats.isDirectory()) visit(root, path, found);
    else if (stats.isSymbolicLink()) found.set(path, `120000 ${blobId(readlinkSync(file, 'buffer'))}`);
    else if (stats.isFile())
      found.set(path, `${stats.mode & 0o100 ? '100755' : '100644'} ${blobId(readFileSync(file))}`);
  }
}

const blobId = (bytes: Buffer): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

/** The files of a commit. Fails when an object of it is missing. */
export function treeOf(repository: string, commit: string): Snapshot {
  plainGit(repository, ['rev-list', '--objects', '--quiet', '--max-count=1', commit]);
  const lines = plainGit(repository, ['ls-tree', '-r', '-z', commit]).split('\0').slice(0, -1);
  return new Map(
    lines.map((line) => {
      const [mode = '', , id = ''] = line.split(/[ \t]/, 3);
      return [line.slice(line.indexOf('\t') + 1), `${mode} ${id}`];
    }),
  );
}

/** Everything that a salvage made readable, by path below the worktree. */
export function savedFiles(root: string, salvage: Salvage, scratch: string): Snapshot {
  const work = salvage.refs.find(({ holds }) => holds === 'work');
  const found = new Map(treeOf(root, work?.name ?? salvage.base));
  for (const { path, commit } of salvage.innerWorktrees) {
    for (const [name, state] of treeOf(root, commit)) found.set(`${pathOfText(path)}/${name}`, state);
  }
  for (const bundle of salvage.bundles) {
    const opened = openBundle(bundle, scratch);
    if (bundle.start === null) continue;
    const prefix = bundle.path === '.' ? '' : `${pathOfText(bundle.path)}/`;
    for (const [path, state] of treeOf(opened, bundle.start)) found.set(`${prefix}${path}`, state);
  }
  return found;
}

/** A fresh repository with everything that is in a bundle. */
export function openBundle({ file, shallowFile }: Salvage['bundles'][number], scratch: string): string {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'bundle-'));
  plainGit(folder, ['init', '--quiet']);
  if (shallowFile !== null) copyFileSync(shallowFile, join(folder, '.git/shallow'));
  plainGit(folder, ['fetch', '--quiet', '--update-head-ok', file, 'refs/*:refs/*']);
  return folder;
}

/** Commits that a file of a git directory names, with everything they reach. */
export function commitsNamedIn(root: string, files: readonly string[]): readonly string[] {
  const ids = files.flatMap((file) => readOptional(file).match(/\b[0-9a-f]{40}\b/g) ?? []);
  const known = [...new Set(ids)].filter((id) => isCommit(root, id));
  return known.length === 0 ? [] : lines(plainGit(root, ['rev-list', ...known]));
}

export const commitsOfRefs = (root: string): ReadonlySet<string> =>
  new Set(lines(plainGit(root, ['rev-list', '--single-worktree', '--all'])));

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

function isCommit(root: string, id: string): boolean {
  try {
    return plainGit(root, ['cat-file', '-t', id]).trim() === 'commit';
  } catch {
    return false; // Not in the object store: nothing that could be lost.
  }
}

function readOptional(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // An agent need not have such a file.
  }
}
