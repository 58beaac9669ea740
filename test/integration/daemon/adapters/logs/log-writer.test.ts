import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLogWriter } from '../../../../../main/daemon/adapters/logs/log-writer.ts';
import { sealLog } from '../../../../../main/daemon/adapters/logs/seal-log.ts';
import { preparePatterns } from '../../../../../main/daemon/domain/redaction/pattern-set.ts';
import { createRedactor } from '../../../../../main/daemon/domain/redaction/redactor.ts';

let folder = '';
let names = 0;
const newPath = () => {
  names += 1;
  return join(folder, `${names}.log`);
};
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'logs-')));
});
afterAll(() => rm(folder, { recursive: true }));

const redactorFor = (...texts: readonly string[]) =>
  createRedactor(preparePatterns(texts.map((text) => Buffer.from(text))));

async function openLog(path: string, limits: { readonly maxBytes?: number } = {}) {
  const opened = await openLogWriter({ path, redactor: redactorFor('secret-value'), clock: () => 5, ...limits });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('log writer', () => {
  it('RED-1: writes what may be seen, and describes exactly what it wrote', async () => {
    const path = newPath();
    const log = await openLog(path);
    for (const part of ['one\ntwo sec', 'ret-val', 'ue\nthree']) await log.write(Buffer.from(part));
    const summary = await log.close();
    const written = await readFile(path);
    expect(written.toString()).toBe('one\ntwo [redacted]\nthree');
    expect(summary).toEqual({
      sizeBytes: written.length,
      lineCount: 3,
      sha256: sha256(written),
      redactions: 1,
      outcome: { kind: 'complete' },
    });
    expect((await stat(path)).mode & 0o777).toBe(0o444);
    expect(await log.close()).toBe(summary);
    expect(log.isClosed()).toBe(true);
    expect(() => log.write(Buffer.from('late'))).toThrow('is closed');
  });

  it('keeps bytes that the caller overwrites afterwards', async () => {
    const path = newPath();
    const log = await openLog(path);
    const chunk = Buffer.from('first\n');
    const taken = log.write(chunk);
    chunk.write('other\n');
    await taken;
    await log.write(chunk);
    await log.close();
    expect(await readFile(path, 'utf8')).toBe('first\nother\n');
  });

  it('keeps the order and every byte of many writes of many sizes', async () => {
    const path = newPath();
    const log = await openLog(path);
    const parts = Array.from({ length: 400 }, (_, index) => Buffer.alloc((index * 977) % 70_000, `${index} `));
    for (const part of parts) void log.write(part);
    const { outcome, sha256: hash } = await log.close();
    expect([outcome.kind, hash]).toEqual(['complete', sha256(Buffer.concat(parts))]);
    expect((await readFile(path)).equals(Buffer.concat(parts))).toBe(true);
  });

  it('asks the writer to wait when the disk is behind', async () => {
    const log = await openLog(newPath());
    const block = Buffer.alloc(64 * 1024, 'x');
    const answers = [1, 2, 3, 4, 5].map(() => log.write(block));
    expect(answers[0]).toBeUndefined();
    expect(answers[4]).toBeInstanceOf(Promise);
    await answers[4];
    expect(log.sizeBytes()).toBe(5 * block.length);
    await log.close();
  });

  it('tells of every appended byte and of the end, until told otherwise', async () => {
    const log = await openLog(newPath());
    let heard = 0;
    const reached = (size: number) =>
      new Promise<void>((resolve) => log.onAppend(() => log.sizeBytes() === size && resolve()));
    const dispose = log.onAppend(() => {
      heard += 1;
    });
    const first = reached(300_000);
    await log.write(Buffer.alloc(300_000));
    await first;
    const second = reached(300_004);
    await log.write(Buffer.from('more'));
    await second;
    expect(heard).toBe(2);
    dispose();
    const closed = new Promise<void>((resolve) => log.onAppend(() => log.isClosed() && resolve()));
    await log.close();
    await closed;
    expect(heard).toBe(2);
  });

  it('closes an empty log', async () => {
    const path = newPath();
    expect(await (await openLog(path)).close()).toMatchObject({
      sizeBytes: 0,
      lineCount: 0,
      sha256: sha256(Buffer.of()),
    });
    expect((await stat(path)).mode & 0o777).toBe(0o444);
  });

  it('stops at its limit and says how much it dropped', async () => {
    const path = newPath();
    const log = await openLog(path, { maxBytes: 10 });
    for (const part of ['12345', '67890', 'abc', 'def']) await log.write(Buffer.from(part));
    expect(await log.close()).toMatchObject({ sizeBytes: 10, outcome: { kind: 'cut', maxBytes: 10, droppedBytes: 6 } });
    expect(await readFile(path, 'utf8')).toBe('1234567890');
  });

  it('does not open what is there already, what lies behind a link, or what has no folder', async () => {
    const taken = newPath();
    await writeFile(taken, 'mine');
    const link = newPath();
    await symlink(join(folder, 'target'), link);
    const codes = [taken, link, join(folder, 'no/such/folder.log')].map(async (path) => {
      const opened = await openLogWriter({ path, redactor: redactorFor(), clock: Date.now });
      return opened.ok ? null : [opened.error.operation, opened.error.code];
    });
    expect(await Promise.all(codes)).toEqual([
      ['open', 'EEXIST'],
      ['open', 'EEXIST'],
      ['open', 'ENOENT'],
    ]);
    expect(await readFile(taken, 'utf8')).toBe('mine');
  });

  it('says what was lost when the disk takes no more, and keeps taking', async () => {
    const path = newPath();
    const program = join(import.meta.dirname, '../../../../fixtures/programs/fill-a-log.mjs');
    // A limit on file sizes fails a write half-way as a full disk does; the shell's unit is 512 or 1024 bytes.
    const script = `trap "" XFSZ; ulimit -f 200; exec "${process.execPath}" "${program}" "${path}" 20`;
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script]);
    const summary = JSON.parse(stdout);
    const written = await readFile(path);
    expect(written.length).toBeGreaterThan(0);
    expect(summary).toMatchObject({ sizeBytes: written.length, sha256: sha256(written) });
    expect(summary.outcome).toMatchObject({
      kind: 'failed',
      droppedBytes: 20 * 65_536 - written.length,
      error: { operation: 'write', path, code: 'EFBIG' },
    });
    expect(summary.outcome.error.message).toContain('may not grow further');
    expect((await stat(path)).mode & 0o777).toBe(0o444);
  });
});

describe('sealing a log that was never closed', () => {
  it('finds the same facts and index as closing it would have', async () => {
    const path = newPath();
    const log = await openLog(path);
    await log.write(Buffer.from('a line\n'.repeat(40_000)));
    const { sizeBytes, lineCount, sha256: hash } = await log.close();
    const abandoned = newPath();
    await writeFile(abandoned, await readFile(path));
    await writeFile(`${abandoned}.idx`, 'half an ind');
    expect(await sealLog(abandoned)).toEqual({ ok: true, value: { sizeBytes, lineCount, sha256: hash } });
    const [index, remade] = await Promise.all([readFile(`${path}.idx`), readFile(`${abandoned}.idx`)]);
    expect(remade.length).toBe(index.length);
    expect((await stat(abandoned)).mode & 0o777).toBe(0o444);
  });

  it('tells when there is none', async () => {
    expect(await sealLog(newPath())).toMatchObject({ ok: false, error: { operation: 'close', code: 'ENOENT' } });
  });
});
