import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCliRepository } from '../../support/cli-repository.ts';
import { createRepository } from '../../support/temporary-repository.ts';

const MAIN = join(import.meta.dirname, '../../../scripts/smoke.ts');

/** `npm run smoke`, without npm. Five in a row against a daemon with 20 other runs: npm run smoke -- --fresh --busy 20. */
function runSmoke(
  ...args: readonly string[]
): Promise<{ readonly exitCode: number; readonly lines: readonly string[] }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, lines: `${stdout}${stderr}`.trim().split('\n') }),
    );
  });
}

describe('npm run smoke', { timeout: 120_000 }, () => {
  it('passes against a daemon of its own, and leaves none behind', async () => {
    const { exitCode, lines } = await runSmoke('--fresh');
    expect(lines.at(-1)).toBe('6 passed, 0 failed');
    expect(exitCode).toBe(0);
    const baseUrl = /http:\S+/.exec(lines[0] ?? '')?.[0] ?? '';
    await expect(fetch(`${baseUrl}/health`)).rejects.toThrow();
  });

  it('passes against a daemon that is busy with other runs, and ends those', async () => {
    const { root, cli, json } = createCliRepository();
    await cli('up', '--port', '0');
    const { exitCode, lines } = await runSmoke('--repo-root', root, '--busy', '4');
    expect([exitCode, lines.at(-1)]).toEqual([0, '6 passed, 0 failed']);
    expect(lines.at(-2)).toMatch(/^Meanwhile \d+ steps of 4 other runs ended\.$/);
    const runs: unknown = await json('run', 'list');
    const states = (runs as { state: string }[]).map(({ state }) => state).sort();
    expect(states).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled', 'completed']);
  });

  it('fails, and says of what, when the inputs do not end as they should', async () => {
    const { root, start } = createCliRepository();
    await start(['up', '--port', '0'], { env: { FORCE_GATE_FOR_TESTING: '1' } }).ended;
    const { exitCode, lines } = await runSmoke('--repo-root', root);
    expect([exitCode, lines.at(-1)]).toEqual([1, '0 passed, 6 failed']);
    expect(lines[1]).toMatch(/^FAIL {2}task file, YAML {5}needs_approval {2}/);
    expect(lines[2]).toMatch(/^ {6}Policy enforced gate: /);
  });

  it('says that there is no daemon where it was sent', async () => {
    const repository = createRepository();
    const { root } = repository;
    const { exitCode, lines } = await runSmoke('--repo-root', root);
    repository.remove();
    expect(exitCode).toBe(5);
    expect(lines).toEqual([`The smoke test cannot begin: no daemon answers in ${root}; start one with: codencer up`]);
  });
});
