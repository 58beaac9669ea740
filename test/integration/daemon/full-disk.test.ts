import { readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitOnDiskOf, onDiskOf } from '../../support/own-mounts.ts';
import { startRefusedDaemon } from '../../support/refused-daemon.ts';
import { command, createTaskClient, type TaskResult } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LONG_MS = 120_000;
const MEGABYTE = 1024 * 1024;
const FILLER = join(import.meta.dirname, '../../fixtures/programs/write-bytes.mjs');

describe('a disk that is full', { timeout: LONG_MS }, () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon | null = null;
  let client: ReturnType<typeof createTaskClient>;

  beforeEach(() => {
    repository = createRepository();
  });
  afterEach(async () => {
    await daemon?.stop();
    daemon = null;
    repository.remove();
  });

  async function start(size: string, disk = onDiskOf): Promise<TestDaemon> {
    const started = await startTestDaemon({ repoRoot: repository.root, launcher: disk(size) });
    daemon = started;
    client = createTaskClient(started);
    await client.startRun('full');
    return started;
  }

  const freeBytes = ({ state }: TestDaemon): number => {
    const { bavail, bsize } = statfsSync(state);
    return bavail * bsize;
  };
  const submitTo = (target: TestDaemon, task: object) =>
    target.request('POST', '/api/v1/runs/full/steps', { version: 'v1', goal: 'x', ...task });

  it('while a program prints: the step says what is missing, the daemon stays, and goes on when there is room', async () => {
    const small = await start('40m');
    const ballast = join(small.state, 'ballast');
    writeFileSync(ballast, Buffer.alloc(16 * MEGABYTE));
    const print = `echo work > work.txt; exec '${process.execPath}' '${FILLER}' stdout ${100 * MEGABYTE}`;
    const step = await client.submit('full', command(print));
    await waitUntil(() => freeBytes(small) === 0);
    expect((await small.request('GET', `/api/v1/steps/${step.id}`)).status).toBe(200);
    expect((await small.request('GET', '/health')).status).toBe(200);
    const refused = await submitTo(small, command('true'));
    expect([refused.status, refused.headers.get('x-codencer-error')]).toEqual([507, 'storage_full']);
    expect(refused.text.trim().split('\n')).toHaveLength(1);
    await waitUntil(() => small.output().includes('the disk is full'));
    rmSync(ballast);

    await client.wait(step.id, 60_000);
    const result = await client.result(step.id);
    expect(result).toMatchObject({ state: 'needs_manual_attention', failure_class: 'evidence_failed' });
    expect(result.summary).toMatch(/stdout\.log: the disk is full\. \d+ bytes are missing/);
    expect(await workOf(result, small)).toBe('work\n');
    const steps = await small.request('GET', '/api/v1/runs/full/steps');
    expect(steps.json).toMatchObject([{ id: step.id }]);

    const next = await client.run('full', command('echo more > more.txt'));
    expect(next).toMatchObject({ state: 'completed', files_changed: ['more.txt'] });
    expect((await small.request('GET', '/api/v1/audit/verify')).json).toMatchObject({ ok: true });
    expect(await small.stop()).toBe(0);
  });

  /** In the ref, or else in the worktree that was kept for it. */
  async function workOf(result: TaskResult, target: TestDaemon): Promise<string> {
    const [ref] = result.salvage?.refs ?? [];
    if (ref !== undefined) return repository.git('show', `${ref.name}:work.txt`);
    const stepId = result.attempt_id.replace(/-a\d+$/, '');
    expect(result.salvage?.kept_worktree).toBe(join(repository.root, `.codencer/workspace/${stepId}-a1`));
    const shown = await client.run('full', command(`cat '${result.salvage?.kept_worktree}/work.txt'`));
    const log = await target.request('GET', `/api/v1/steps/${shown.attempt_id.replace(/-a\d+$/, '')}/logs`);
    return log.text;
  }

  it('before a step starts: it waits, and runs when there is room', async () => {
    const small = await start('24m');
    const step = await client.submit('full', {
      ...command('echo work > work.txt'),
      not_before: new Date(Date.now() + 1500).toISOString(),
    });
    const ballast = join(small.state, 'ballast');
    fill(ballast);
    await waitUntil(() => small.output().includes('full'));
    expect(['pending', 'dispatching']).toContain((await client.step(step.id)).state);
    rmSync(ballast);
    const next = await client.run('full', command('true'));
    expect(next.state).toBe('completed');
    await client.wait(step.id, 60_000);
    expect(await client.result(step.id)).toMatchObject({ state: 'completed', files_changed: ['work.txt'] });
  });

  /** Takes all the room that there is. */
  function fill(file: string): void {
    for (const bytes of [MEGABYTE, 4096, 1]) {
      while (tryToWrite(file, bytes));
    }
  }

  function tryToWrite(file: string, bytes: number): boolean {
    try {
      writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
      return true;
    } catch {
      return false; // no room for so much
    }
  }

  it('while a worktree is made: the step says that the disk is full, and a retry works when there is room', async () => {
    repository.write('large.bin', 'x'.repeat(6 * MEGABYTE));
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'large');
    const small = await start('12m');
    const ballast = join(small.state, 'ballast');
    writeFileSync(ballast, Buffer.alloc(7 * MEGABYTE));
    const refused = await client.run('full', { ...command('echo work > work.txt'), step_id: 'tight' });
    expect(refused).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
    expect(refused.summary).toMatch(
      /^Provisioning failed: [^\n]*large\.bin \(the disk is nearly full: [\d.]+ MiB are free\)$/,
    );
    expect(readdirSync(join(small.state, 'workspace'))).toEqual([]);
    rmSync(ballast);
    await small.request('POST', '/api/v1/steps/tight/retry', {});
    await client.wait('tight');
    expect(await client.result('tight')).toMatchObject({ state: 'completed', files_changed: ['work.txt'] });
  });

  it('while artifacts are collected: nothing is called complete, and the worktree keeps the work', async () => {
    const small = await start('24m');
    const go = join(repository.root, '../go');
    const write = `head -c 3000000 /dev/urandom | base64 > work.txt; echo made; until [ -e '${go}' ]; do sleep 0.02; done`;
    const step = await client.submit('full', command(write));
    await waitUntil(async () => (await small.request('GET', `/api/v1/steps/${step.id}/logs`)).text === 'made\n');
    const ballast = join(small.state, 'ballast');
    writeFileSync(ballast, Buffer.alloc(freeBytes(small) - 2 * MEGABYTE));
    writeFileSync(go, '');
    await waitUntil(
      async () => (await client.step(step.id)).state === 'collecting_artifacts' && freeBytes(small) < 4096,
    );
    await waitUntil(() => small.output().includes('the disk is full'));
    rmSync(ballast);
    await client.wait(step.id, 60_000);
    const result = await client.result(step.id);
    expect(result).toMatchObject({ state: 'needs_manual_attention', failure_class: 'evidence_failed' });
    expect(result.summary).toMatch(/^the work could not be saved and stays in [^\n]*-a1: [^\n]*no space left[^\n]*$/i);
    const kept = await client.run('full', command(`wc -c < '${result.salvage?.kept_worktree}/work.txt'`));
    expect(kept.state).toBe('completed');
    expect((await small.request('GET', '/api/v1/audit/verify')).json).toMatchObject({ ok: true });
  });

  it('under .git: the work stays in its worktree, the step says why, and goes on when there is room', async () => {
    const small = await start('8m', gitOnDiskOf);
    const go = join(repository.root, '../go');
    const write = `echo work > work.txt; head -c 3000000 /dev/urandom > large; echo made; until [ -e '${go}' ]; do sleep 0.02; done`;
    const step = await client.submit('full', command(write));
    await waitUntil(async () => (await small.request('GET', `/api/v1/steps/${step.id}/logs`)).text === 'made\n');
    const ballast = join(small.state, '../.git/ballast');
    fill(ballast);
    writeFileSync(go, '');
    await client.wait(step.id);
    const result = await client.result(step.id);
    expect(result).toMatchObject({ state: 'needs_manual_attention', failure_class: 'evidence_failed' });
    expect(result.summary).toMatch(
      /^the work could not be saved and stays in [^\n]*-a1: git [^\n]*No space left on device$/,
    );
    expect(readFileSync(join(small.state, `workspace/${step.id}-a1/work.txt`), 'utf8')).toBe('work\n');
    const refused = await client.run('full', { ...command('true'), step_id: 'tight' });
    expect(refused).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
    expect(refused.summary).toMatch(/No space left on device/);
    rmSync(ballast);
    await small.request('POST', '/api/v1/steps/tight/retry', {});
    await client.wait('tight');
    expect((await client.step('tight')).state).toBe('completed');
  });

  it('at the start: is refused in one sentence', async () => {
    const refused = await startRefusedDaemon({ repoRoot: repository.root, launcher: onDiskOf('64k') });
    expect(refused).toEqual({ exitCode: 1, sentence: expect.stringMatching(/^codencer: [^\n]*full[^\n]*$/) });
  });
});
