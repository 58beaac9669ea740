import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { processesInside } from '../../../../../main/daemon/adapters/process/processes-inside.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

let folder = '';
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'inside-')));
  await mkdir(join(folder, 'work/deep'), { recursive: true });
  await mkdir(join(folder, 'work-too'));
  await writeFile(join(folder, 'work/file'), '');
  await symlink('work', join(folder, 'alias'));
});
afterAll(() => rm(folder, { recursive: true }));

async function startIn(cwd: string, argv: readonly [string, ...string[]]) {
  const [program, ...args] = argv;
  const child = spawn(program, args, { cwd, stdio: 'ignore' });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  await once(child, 'spawn');
  return child.pid ?? 0;
}

const inside = async (name: string) =>
  (await processesInside(join(folder, name))).map(({ pid, as, path }) => ({ pid, as, path }));

describe('PROC-13: processes inside a folder', () => {
  it('are those that work in it or below it, by any of its names', async () => {
    const pid = await startIn(join(folder, 'work/deep'), ['/bin/sleep', '600']);
    const expected = [{ pid, as: 'working folder', path: join(folder, 'work/deep') }];
    expect(await inside('work')).toEqual(expected);
    expect(await inside('work/deep')).toEqual(expected);
    expect(await inside('alias')).toEqual(expected);
    expect(await inside('work-too')).toEqual([]);
  });

  it('are those that have a file of it open', async () => {
    const pid = await startIn('/', ['/bin/sh', '-c', `exec 9> "${folder}/work/file"; exec sleep 600`]);
    await waitUntil(async () => (await inside('work')).length > 0);
    expect(await inside('work')).toEqual([{ pid, as: 'open file', path: join(folder, 'work/file') }]);
  });

  it('are those that run a program of it', async () => {
    await copyFile('/bin/sleep', join(folder, 'work/program'));
    const pid = await startIn('/', [join(folder, 'work/program'), '600']);
    await waitUntil(async () => (await inside('work')).length > 0);
    expect(await inside('work')).toEqual([{ pid, as: 'program', path: join(folder, 'work/program') }]);
  });

  it('still show when the folder is gone', async () => {
    await mkdir(join(folder, 'gone'));
    const pid = await startIn(join(folder, 'gone'), ['/bin/sleep', '600']);
    await rm(join(folder, 'gone'), { recursive: true });
    expect(await inside('gone')).toEqual([{ pid, as: 'working folder', path: join(folder, 'gone') }]);
  });

  it('are never this process itself', async () => {
    expect((await processesInside('/')).some(({ pid }) => pid === process.pid)).toBe(false);
  });
});
