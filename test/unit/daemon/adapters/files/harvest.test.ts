import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AttemptId, RunId, StepId } from '../../../../../contract/ids.ts';
import { attemptFolder, createAttemptFolder } from '../../../../../main/daemon/adapters/files/artifact-store.ts';
import { harvest } from '../../../../../main/daemon/adapters/files/harvest.ts';
import { preparePatterns } from '../../../../../main/daemon/domain/redaction/pattern-set.ts';
import { createRedactor } from '../../../../../main/daemon/domain/redaction/redactor.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const signal = new AbortController().signal;
const place = { runId: RunId.parse('Run.1'), stepId: StepId.parse('con'), attemptId: AttemptId.parse('con-a1') };
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

describe('the artifact store', () => {
  it('makes folders of escaped names for the owner alone (FILE-5)', async () => {
    const root = join(temporaryFolder(), 'artifacts');
    const folder = successOf(await createAttemptFolder(root, place));
    expect(folder).toBe(join(root, '%52un.1', '%63on', 'con-a1'));
    expect(folder).toBe(attemptFolder(root, place));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(successOf(await createAttemptFolder(root, place))).toBe(folder);
  });

  it('says that a file is in the way', async () => {
    const root = join(temporaryFolder(), 'artifacts');
    writeFileSync(root, '');
    expect(failureOf(await createAttemptFolder(root, place)).operation).toBe('create');
  });
});

describe('harvest', () => {
  it('describes so many files and no more, those first that are looked for (FILE-18)', async () => {
    const folder = temporaryFolder();
    for (let number = 1; number <= 1005; number += 1) writeFileSync(join(folder, `a${number}`), '');
    for (const name of ['stdout.log', 'zz.patch', 'zz.bundle']) writeFileSync(join(folder, name), name);
    const { files, skipped } = successOf(await harvest({ folder, signal }));
    expect(files).toHaveLength(1000);
    expect(files.slice(-3).map(({ name }) => name)).toEqual(['stdout.log', 'zz.bundle', 'zz.patch']);
    expect(skipped).toEqual([{ name: '8 files', reason: 'an attempt has at most 1000; they stay where they are' }]);
  });

  it('closes every file read-only and describes it (FILE-6, FILE-8)', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'validations'));
    writeFileSync(join(folder, 'stdout.log'), 'out\n');
    writeFileSync(join(folder, 'validations/1.stdout.log'), '');
    writeFileSync(join(folder, 'blob'), Buffer.alloc(700_000, 1));
    const { files, skipped } = successOf(await harvest({ folder, signal }));
    expect(skipped).toEqual([]);
    expect(files.map(({ name, type, sizeBytes }) => ({ name, type, sizeBytes }))).toEqual([
      { name: 'blob', type: 'file', sizeBytes: 700_000 },
      { name: 'stdout.log', type: 'stdout', sizeBytes: 4 },
      { name: 'validations/1.stdout.log', type: 'validations', sizeBytes: 0 },
    ]);
    expect(files[0]?.sha256).toBe(sha256(Buffer.alloc(700_000, 1)));
    expect(files[1]).toMatchObject({
      path: join(folder, 'stdout.log'),
      sha256: sha256('out\n'),
      mediaType: 'text/plain; charset=utf-8',
      containsSecret: false,
    });
    for (const { path } of files) expect(statSync(path).mode & 0o777).toBe(0o444);
  });

  it('says the same again when it is repeated (FILE-8)', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'result.json'), '{}');
    const first = successOf(await harvest({ folder, signal }));
    expect(successOf(await harvest({ folder, signal }))).toEqual(first);
  });

  it('names what is no artifact and follows no link (FILE-9)', async () => {
    const folder = temporaryFolder();
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret'), 'x');
    chmodSync(join(outside, 'secret'), 0o600);
    symlinkSync(join(outside, 'secret'), join(folder, 'link'));
    symlinkSync(outside, join(folder, 'folder-link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff])]), 'x');
    const { files, skipped } = successOf(await harvest({ folder, signal }));
    expect(files).toEqual([]);
    expect(skipped.map(({ reason }) => reason).sort()).toEqual([
      'it is a link',
      'it is a link',
      'it is not a regular file',
      'its name is not UTF-8',
    ]);
    expect(statSync(join(outside, 'secret')).mode & 0o777).toBe(0o600);
  });

  it('reads a file that its program left unreadable, and odd names (FILE-8)', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '-rf\n"x"'), 'odd');
    writeFileSync(join(folder, 'closed'), 'closed');
    chmodSync(join(folder, 'closed'), 0);
    const { files } = successOf(await harvest({ folder, signal }));
    expect(files.map(({ name }) => name)).toEqual(['-rf\n"x"', 'closed']);
    expect(files.map((file) => file.sha256)).toEqual([sha256('odd'), sha256('closed')]);
  });

  it('marks what contains a secret, but not what a redactor wrote (FILE-10)', async () => {
    const folder = temporaryFolder();
    const patterns = preparePatterns([Buffer.from('s3cret-value')]);
    for (const name of ['diff.patch', 'stdout.log']) writeFileSync(join(folder, name), 'the s3cret-value\n');
    writeFileSync(join(folder, 'clean.txt'), 'nothing');
    const harvested = await harvest({ folder, signal, createScanner: () => createRedactor(patterns) });
    const marked = successOf(harvested).files.filter(({ containsSecret }) => containsSecret);
    expect(marked.map(({ name }) => name)).toEqual(['diff.patch']);
  });

  it('leaves sidecars of evidence out (FILE-8)', async () => {
    const folder = temporaryFolder();
    for (const name of ['stdout.log', 'stdout.log.idx', 'lone.log.idx']) writeFileSync(join(folder, name), 'x');
    const isSidecar = (name: string, names: ReadonlySet<string>) =>
      name.endsWith('.log.idx') && names.has(name.slice(0, -'.idx'.length));
    const { files } = successOf(await harvest({ folder, signal, isSidecar }));
    expect(files.map(({ name }) => name)).toEqual(['lone.log.idx', 'stdout.log']);
  });

  it('says that the folder is gone', async () => {
    const folder = join(temporaryFolder(), 'gone');
    expect(failureOf(await harvest({ folder, signal })).kind).toBe('missing');
    expect(existsSync(folder)).toBe(false);
  });

  it('stops when it is told to', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'f'), 'x');
    await expect(harvest({ folder, signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
  });
});
