import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { restoreTree } from '../../../main/cli/restore-tree.ts';
import { failureOf, successOf } from '../../support/success-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { createRepository } from '../../support/temporary-repository.ts';

function repository() {
  const created = createRepository();
  onTestFinished(() => created.remove());
  return created;
}

describe('restoring a saved commit (CLI-15)', () => {
  it('brings every file back byte for byte: odd names, modes, links, binaries', async () => {
    const repo = repository();
    const { root } = repo;
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const names = ['new\nline', '"quoted"', '.hidden', '-dash', 'ü', 'a/b/c'];
    mkdirSync(join(root, 'a/b'), { recursive: true });
    for (const name of names) writeFileSync(join(root, name), bytes);
    const rawName = Buffer.concat([Buffer.from(`${root}/`), Buffer.of(0xff, 0xe9)]);
    writeFileSync(rawName, 'raw');
    writeFileSync(join(root, 'run.sh'), '#!/bin/sh\n');
    chmodSync(join(root, 'run.sh'), 0o755);
    symlinkSync('../outside', join(root, 'link'));
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '--message', 'odd');
    const into = join(temporaryFolder(), 'restored');
    const commit = repo.git('rev-parse', 'HEAD').trim();

    expect(successOf(await restoreTree({ repoRoot: root, commit, into }))).toEqual({ files: 10, skipped: [] });
    for (const name of names) expect(readFileSync(join(into, name))).toEqual(Buffer.from(bytes));
    expect(readFileSync(Buffer.concat([Buffer.from(`${into}/`), Buffer.of(0xff, 0xe9)]), 'utf8')).toBe('raw');
    expect(lstatSync(join(into, 'run.sh')).mode & 0o111).not.toBe(0);
    expect(readlinkSync(join(into, 'link'))).toBe('../outside');
  });

  it('runs no filter and no hook of the repository', async () => {
    const repo = repository();
    const { root } = repo;
    const proof = join(temporaryFolder(), 'proof');
    repo.git('config', 'filter.evil.smudge', `touch ${proof}; cat`);
    repo.write('.git/hooks/post-checkout', `#!/bin/sh\ntouch ${proof}\n`);
    chmodSync(join(root, '.git/hooks/post-checkout'), 0o755);
    repo.write('.gitattributes', '* filter=evil\n');
    repo.git('add', '--all');
    repo.git('commit', '--quiet', '--message', 'evil');
    const request = { repoRoot: root, commit: 'HEAD', into: join(temporaryFolder(), 'x') };
    expect(successOf(await restoreTree(request)).files).toBe(2);
    expect(existsSync(proof)).toBe(false);
  });

  it('writes nothing outside of its folder, whatever the tree says', async () => {
    const repo = repository();
    const { root } = repo;
    const blob = hashObject(root, 'evil');
    const link = hashObject(root, '/tmp');
    const inner = makeTree(root, [`100644 blob ${blob}\tfile`]);
    const tree = makeTree(root, [
      `120000 blob ${link}\tway`,
      `040000 tree ${makeTree(root, [`040000 tree ${inner}\t..`])}\tup`,
    ]);
    const commit = repo.git('commit-tree', '-m', 'evil', tree).trim();
    const folder = temporaryFolder();
    const { skipped } = successOf(await restoreTree({ repoRoot: root, commit, into: join(folder, 'in') }));
    expect(skipped).toEqual(['"up/../file": its path leads out of the folder']);
    expect(readdirSync(folder)).toEqual(['in']);
  });

  it('does not touch a folder with something in it', async () => {
    const { root } = repository();
    const into = temporaryFolder();
    writeFileSync(join(into, 'mine'), '');
    expect(failureOf(await restoreTree({ repoRoot: root, commit: 'HEAD', into }))).toBe(`${into} is not empty`);
  });

  it('says what git says of a commit that is not there', async () => {
    const { root } = repository();
    const request = { repoRoot: root, commit: 'refs/nowhere', into: join(temporaryFolder(), 'x') };
    expect(failureOf(await restoreTree(request))).toContain('refs/nowhere');
  });
});

const hashObject = (root: string, content: string): string =>
  execFileSync('git', ['-C', root, 'hash-object', '-w', '--stdin'], { input: content, encoding: 'utf8' }).trim();

const makeTree = (root: string, entries: readonly string[]): string =>
  execFileSync('git', ['-C', root, 'mktree'], { input: `${entries.join('\n')}\n`, encoding: 'utf8' }).trim();
