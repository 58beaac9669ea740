import { closeSync, readSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createOutputPipes, type OutputPipe } from '../../../../../main/daemon/adapters/process/output-pipes.ts';

async function createSupply() {
  const folder = await mkdtemp(join(tmpdir(), 'pipes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'rest'), 'of an earlier daemon');
  const directory = join(folder, 'pipes');
  return { folder, directory, pipes: createOutputPipes(directory) };
}

function closeBothEnds({ readEnd, writeEnd }: OutputPipe): void {
  closeSync(readEnd);
  closeSync(writeEnd);
}

const openDescriptors = async () => (await readdir('/proc/self/fd')).length;

describe('PROC-15: a supply of pipes', () => {
  it('gives pipes of their own to many at once, and keeps nothing in its folder', async () => {
    const { directory, pipes } = await createSupply();
    const before = await openDescriptors();
    const opened = await Promise.all(Array.from({ length: 50 }, () => pipes.open()));
    expect(new Set(opened.map((pipe) => pipe.path)).size).toBe(50);
    for (const [index, pipe] of opened.entries()) writeSync(pipe.writeEnd, `message ${index}`);
    const buffer = Buffer.alloc(100);
    const read = opened.map((pipe) => buffer.toString('latin1', 0, readSync(pipe.readEnd, buffer)));
    expect(read).toEqual(opened.map((_, index) => `message ${index}`));
    opened.forEach(closeBothEnds);
    await pipes.dispose();
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
    expect(await openDescriptors()).toBe(before);
  });

  it('says why it has none, and tries again', async () => {
    const { folder, pipes } = await createSupply();
    const blocked = createOutputPipes(join(folder, 'rest', 'pipes'));
    await expect(blocked.open()).rejects.toThrow('ENOTDIR');
    await rm(join(folder, 'rest'));
    const pipe = await blocked.open();
    closeBothEnds(pipe);
    await Promise.all([blocked.dispose(), pipes.dispose()]);
  });

  it('says that mkfifo is missing', async () => {
    const { pipes } = await createSupply();
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('PATH', '/nowhere');
    await expect(pipes.open()).rejects.toThrow('mkfifo is not on PATH');
  });
});
