import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { spawnCli } from '../../support/spawn-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LIMIT_MS = 60_000;
const demoFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('codencer-demo-'));
const environment = () => ({ XDG_STATE_HOME: temporaryFolder() });

describe('the demo', { timeout: LIMIT_MS }, () => {
  it('shows a retry, a gate, the diff and the saved work, verifies the record and leaves nothing behind', async () => {
    const before = demoFolders();
    const run = spawnCli(['demo'], { env: environment() });
    const { exitCode } = await run.ended;
    expect(run.stderr()).toContain('approving gate-');
    const tree = run.stdout();
    expect(tree).toMatch(/^\nrun \S+ {2}completed/);
    expect(tree).toMatch(/attempt 1 {2}failed_validation .* validation_failed/);
    expect(tree).toContain('[FAIL] a service that is down at first');
    expect(tree).toMatch(/attempt 2 {2}completed/);
    expect(tree).toContain('gate approved');
    expect(tree).toContain('+Hello, dear reader.');
    expect(tree).toContain('saved: refs/codencer/');
    expect(tree).toMatch(/record: holds \(\d+ chained events, \d+ artifacts re-hashed\)/);
    expect(exitCode).toBe(0);
    expect(demoFolders().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('cleans up after itself on Ctrl-C', async () => {
    const run = spawnCli(['demo'], { env: environment() });
    await waitUntil(() => run.stderr().includes('→ '));
    const repository = /^A small repository: (.*)$/m.exec(run.stderr())?.[1] ?? '';
    run.child.kill('SIGINT');
    expect(await run.ended).toMatchObject({ exitCode: 130 });
    expect(existsSync(dirname(repository))).toBe(false);
  });

  it('cleans up after itself when nobody reads it any more', async () => {
    const run = spawnCli(['demo'], { env: environment() });
    run.child.stdout?.destroy();
    await run.ended;
    const repository = /^A small repository: (.*)$/m.exec(run.stderr())?.[1] ?? '';
    const pid = Number(/\(pid (\d+)\)/.exec(run.stderr())?.[1]);
    expect(existsSync(dirname(repository))).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it('--keep leaves the repository and its daemon, each named on a line of its own', async () => {
    const env = environment();
    const run = spawnCli(['demo', '--keep'], { env });
    expect(await run.ended).toMatchObject({ exitCode: 0 });
    const repository = /^repository: (.*)$/m.exec(run.stdout())?.[1] ?? '';
    const daemon = /^daemon: (http:\S+)$/m.exec(run.stdout())?.[1] ?? '';
    onTestFinished(() => rmSync(dirname(repository), { recursive: true, force: true }));
    expect(existsSync(join(repository, '.git'))).toBe(true);
    const instance = spawnCli(['instance', '--json'], { cwd: repository, env });
    await instance.ended;
    expect(JSON.parse(instance.stdout())).toMatchObject({ base_url: daemon, repo_root: repository });
    expect(await spawnCli(['down'], { cwd: repository, env }).ended).toMatchObject({ exitCode: 0 });
  });
});
