import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeAtomically } from '../../../../../main/daemon/adapters/files/atomic-write.ts';
import { systemProblem } from '../../../../../main/daemon/adapters/files/file-problem.ts';
import { failureOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

describe('writeAtomically', () => {
  it('writes the whole file with the wanted mode, whatever the umask (FILE-3)', async () => {
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    const path = join(temporaryFolder(), 'f');
    expect(await writeAtomically({ path, data: 'text', mode: 0o644 })).toEqual({ ok: true, value: undefined });
    expect(readFileSync(path, 'utf8')).toBe('text');
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });

  it('takes the place of what was there, read-only or not (FILE-3)', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'f');
    writeFileSync(path, 'old');
    chmodSync(path, 0o444);
    await writeAtomically({ path, data: Buffer.from('new'), mode: 0o600 });
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['f']);
  });

  it('leaves nothing behind when it cannot (FILE-3)', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken/x'), { recursive: true });
    const error = failureOf(await writeAtomically({ path: join(folder, 'taken'), data: '', mode: 0o600 }));
    expect(error).toMatchObject({ operation: 'write', path: join(folder, 'taken') });
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('names the missing folder', async () => {
    const path = join(temporaryFolder(), 'gone', 'f');
    expect(failureOf(await writeAtomically({ path, data: '', mode: 0o600 }))).toMatchObject({
      kind: 'missing',
      sentence: `cannot write ${JSON.stringify(path)}: there is no such file`,
    });
  });
});

describe('systemProblem', () => {
  it('has the code of the error table when the disk is full (FILE-4)', () => {
    const error = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' });
    expect(systemProblem('write', '/x', error)).toEqual({
      kind: 'full',
      operation: 'write',
      path: '/x',
      sentence: 'cannot write "/x": the disk is full',
      code: 'storage_full',
      cause: error,
    });
  });
});
