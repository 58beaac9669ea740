import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCliRepository } from '../../support/cli-repository.ts';

const MAIN = join(import.meta.dirname, '../../seed/main.ts');

/** `npm run seed`, without npm. */
function runSeed(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_error, _stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, stderr }),
    );
  });
}

describe('npm run seed', { timeout: 60_000 }, () => {
  it('fills a record that a daemon then recovers, serves and verifies', async () => {
    const { root, cli, json } = createCliRepository();
    const seeded = await runSeed('--runs', '12', '--repo-root', root);
    expect(seeded.exitCode, seeded.stderr).toBe(0);
    expect(seeded.stderr).toMatch(/^Wrote 12 runs, 60 steps and \d+ events into .*codencer\.db in \d+\.\d s\.$/m);
    await cli('up', '--port', '0');
    const audit = await json('audit', 'verify');
    expect(audit).toMatchObject({ ok: true, problems: [] });
    const runs = await cli('run', 'list', '--json');
    expect(JSON.parse(runs.stdout)).toHaveLength(12);
  });

  it('leaves a record alone that a daemon has, or that is not empty, unless it is told', async () => {
    const { root, cli } = createCliRepository();
    await cli('up', '--port', '0');
    const held = await runSeed('--runs', '2', '--repo-root', root);
    expect(held.exitCode).toBe(5);
    expect(held.stderr).toMatch(/already has a daemon: process \d+ at .*Stop it first \(codencer down\)/);
    await cli('run', 'start', 'mine');
    await cli('down');
    const full = await runSeed('--runs', '2', '--repo-root', root);
    expect(full.exitCode).toBe(5);
    expect(full.stderr).toContain('is not empty. With --add');
    expect((await runSeed('--runs', '2', '--repo-root', root, '--add')).exitCode).toBe(0);
    await cli('up', '--port', '0');
    const listed = await cli('run', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toHaveLength(3);
  });
});
