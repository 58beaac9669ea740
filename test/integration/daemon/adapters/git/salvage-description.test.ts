import { chmodSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gitSandbox, plainGit, writeFiles } from '../../../../support/git-sandbox.ts';

describe('the description of the change', () => {
  it('GIT-29 lists renames, modes, sizes and binary files, and the patch makes the saved tree', async () => {
    const text = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('');
    const sandbox = await gitSandbox({
      'old name.txt': text,
      'image.png': Buffer.from([0, 1, 2, 3]),
      'run.sh': 'x\n',
      'to-link': 'x\n',
      'gone.bin': Buffer.from([0, 9]),
      'deep/was-file': 'x\n',
      'was-folder/file': 'x\n',
    });
    const worktree = await sandbox.create();
    const at = (name: string) => join(worktree.path, name);
    writeFiles(worktree.path, {
      'moved/new.txt': `${text}more\n`,
      'image.png': Buffer.from([0, 255, 254, 0, 1]),
      'no-newline': 'x',
      'crlf.txt': 'a\r\n',
    });
    rmSync(at('old name.txt'));
    rmSync(at('gone.bin'));
    chmodSync(at('run.sh'), 0o755);
    rmSync(at('to-link'));
    symlinkSync('run.sh', at('to-link'));
    rmSync(at('deep/was-file'));
    writeFiles(worktree.path, { 'deep/was-file/now/folder': 'y\n' });
    rmSync(at('was-folder'), { recursive: true });
    writeFiles(worktree.path, { 'was-folder': 'now a file\n' });
    const salvage = await sandbox.salvage(worktree);
    const summary = Object.fromEntries(salvage.changedFiles.map((file) => [file.path, file]));
    expect(summary['moved/new.txt']).toEqual({
      path: 'moved/new.txt',
      oldPath: 'old name.txt',
      status: 'renamed',
      oldMode: '100644',
      newMode: '100644',
      additions: 1,
      deletions: 0,
      isBinary: false,
      sizeBytes: Buffer.byteLength(text) + 5,
    });
    expect(summary['image.png']).toMatchObject({
      status: 'modified',
      isBinary: true,
      additions: null,
      deletions: null,
      sizeBytes: 5,
    });
    expect(summary['run.sh']).toMatchObject({ status: 'modified', oldMode: '100644', newMode: '100755', additions: 0 });
    expect(summary['to-link']).toMatchObject({ status: 'type-changed', newMode: '120000', sizeBytes: 6 });
    expect(summary['gone.bin']).toMatchObject({
      status: 'deleted',
      newMode: '000000',
      sizeBytes: null,
      isBinary: true,
    });
    const written = JSON.parse(readFileSync(salvage.changedFilesPath, 'utf8'));
    expect(written).toEqual({
      version: 1,
      base: worktree.base,
      commit: salvage.treeCommit,
      files: salvage.changedFiles,
    });
    const clone = join(sandbox.folder, 'clone');
    sandbox.git('worktree', 'add', '--quiet', '--detach', clone, worktree.base);
    plainGit(clone, ['apply', '--index', salvage.patchPath ?? '']);
    expect(plainGit(clone, ['write-tree']).trim()).toBe(
      sandbox.git('rev-parse', `${salvage.treeCommit}^{tree}`).trim(),
    );
  });
});
