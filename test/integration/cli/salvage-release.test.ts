import { describe, expect, it } from 'vitest';

import { runCliAt } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';

const ENTRY = {
  attempt_id: 's1-a1',
  refs: [{ name: 'refs/codencer/r/s1/s1-a1', commit: 'd'.repeat(40) }],
  bundles: [{ path: 'nested', artifact: 'art-1' }],
  kept_worktree: '/kept/tree\u001b[2J',
};

const startDaemon = () =>
  startStub(
    byRoute({
      'GET /api/v1/salvage/s1-a1': { body: ENTRY },
      'POST /api/v1/salvage/s1-a1/release': {},
    }),
  );

const releasesOf = ({ requests }: Awaited<ReturnType<typeof startDaemon>>) =>
  requests.filter(({ method }) => method === 'POST').length;

describe('salvage release at a terminal (CLI-30)', () => {
  it('says what will be lost, asks, and does it after a yes', async () => {
    const stub = await startDaemon();
    const asked: string[] = [];
    const confirm = async (question: string) => asked.push(question) > 0;
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['salvage', 'release', 's1-a1'], { confirm });
    expect([exitCode, asked, releasesOf(stub)]).toEqual([0, ['Give it up?'], 1]);
    expect(stdout).toContain('The saved work of s1-a1 is given up');
    expect(stderr).toBe(
      'This gives up for good what is kept of s1-a1:\n' +
        '  refs/codencer/r/s1/s1-a1\n  bundle of nested\n  /kept/tree\\x1b[2J\n',
    );
  });

  it('does nothing after a no', async () => {
    const stub = await startDaemon();
    const confirm = async () => false;
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['salvage', 'release', 's1-a1'], { confirm });
    expect([exitCode, stdout, releasesOf(stub)]).toEqual([1, '', 0]);
    expect(stderr).toMatch(/not confirmed: nothing was given up\n$/);
  });

  it('asks nothing with --yes', async () => {
    const stub = await startDaemon();
    const confirm = () => Promise.reject(new Error('asked'));
    const run = await runCliAt(stub.url, ['salvage', 'release', 's1-a1', '--yes'], { confirm });
    expect([run.exitCode, run.stderr, releasesOf(stub)]).toEqual([0, '', 1]);
  });

  it('asks nothing about what is not there', async () => {
    const stub = await startStub(byRoute({}));
    const confirm = () => Promise.reject(new Error('asked'));
    expect((await runCliAt(stub.url, ['salvage', 'release', 's1-a1'], { confirm })).exitCode).toBe(1);
  });
});

it('salvage release asks nobody where nobody is (CLI-30)', async () => {
  const stub = await startDaemon();
  const { exitCode, stderr } = await runCliAt(stub.url, ['salvage', 'release', 's1-a1', '--json']);
  expect([exitCode, stderr, releasesOf(stub)]).toEqual([0, '', 1]);
});
