import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findMarked } from '../../../main/daemon/adapters/process/environment-mark.ts';
import { inOwnMounts, remount } from '../../support/own-mounts.ts';
import { startRefusedDaemon } from '../../support/refused-daemon.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LONG_MS = 60_000;

describe('a daemon whose world breaks', { timeout: LONG_MS }, () => {
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

  async function start(more: Partial<TestDaemonOptions> = {}): Promise<TestDaemon> {
    const started = await startTestDaemon({ repoRoot: repository.root, ...more });
    daemon = started;
    client = createTaskClient(started);
    return started;
  }

  const go = (): string => join(repository.root, '../go');
  const untilGo = (): string => `until [ -e '${go()}' ]; do sleep 0.02; done`;
  const submitTo = (target: TestDaemon, task: object) =>
    target.request('POST', '/api/v1/runs/r/steps', { version: 'v1', goal: 'x', ...task });
  const logOf = async (target: TestDaemon, step: string) =>
    (await target.request('GET', `/api/v1/steps/${step}/logs`)).text;
  const expectWhole = async (target: TestDaemon) =>
    expect((await target.request('GET', '/api/v1/audit/verify')).json).toMatchObject({ ok: true, problems: [] });

  /** A step whose program has begun, written a file, and waits. */
  async function begun(target: TestDaemon, task: object = {}): Promise<string> {
    await client.startRun('r');
    const { id } = await client.submit('r', { ...command(`echo work > work.txt; echo begun; ${untilGo()}`), ...task });
    await waitUntil(async () => (await logOf(target, id)).includes('begun'));
    return id;
  }

  describe('because its state is taken away', () => {
    it('INST-11: and nothing is left of .codencer: it ends, promises nothing any more, and leaves nobody running', async () => {
      const first = await start();
      const id = z.looseObject({ id: z.string() }).parse((await first.request('GET', '/api/v1/instance')).json).id;
      await begun(first);
      rmSync(join(repository.root, '.codencer'), { recursive: true, force: true });
      const refused = await submitTo(first, command('true')).catch(() => null);
      if (refused !== null) {
        expect([refused.status, refused.headers.get('x-codencer-error')]).toEqual([503, 'shutting_down']);
        expect(refused.text).toMatch(/^"[^"]+" was removed or moved while the daemon ran: [^\n]+\n$/);
      }
      await waitUntil(() =>
        /^codencer: "[^"]+" was removed or moved while the daemon ran[^\n]+$/m.test(first.output()),
      );
      await waitUntil(() => !existsSync(`/proc/${first.pid}`));
      expect(await first.stop()).toBe(1);
      expect(findMarked(`${id}:`)).toEqual([]);
      const second = await start();
      expect((await second.request('GET', '/api/v1/runs')).json).toBeNull();
      await client.startRun('r');
      expect((await client.run('r', command('echo new > new.txt'))).state).toBe('completed');
    });

    it('INST-11: and the repository is somewhere else: it ends, and the next one there finds the work', async () => {
      const first = await start();
      const step = await begun(first);
      const elsewhere = `${repository.root}-elsewhere`;
      renameSync(repository.root, elsewhere);
      await waitUntil(() => first.output().includes('was removed or moved while the daemon ran'));
      await waitUntil(() => !existsSync(`/proc/${first.pid}`));
      expect(await first.stop()).toBe(1);
      expect(existsSync(repository.root)).toBe(false);

      const second = await start({ repoRoot: elsewhere });
      const result = await client.result(step);
      expect(result.state).toBe('needs_manual_attention');
      expect(result.summary).toBe('Interrupted in state running: the daemon stopped while the attempt was in flight');
      const kept = join(elsewhere, `.codencer/workspace/${step}-a1`);
      expect(result.salvage).toMatchObject({ kept_worktree: kept });
      const { status_reason: reason } = await client.step(step);
      expect(reason).toContain(`the work could not be saved and stays in ${kept}: `);
      expect(reason).toContain('the repository was moved, or the note was tampered with');
      expect(readFileSync(join(kept, 'work.txt'), 'utf8')).toBe('work\n');
      await expectWhole(second);
      expect((await client.run('r', command('echo new > new.txt'))).state).toBe('completed');
    });
  });

  describe('because a file system is read-only', () => {
    const mounted = (folder: string): string => join(repository.root, '.codencer', folder);
    const launcher = inOwnMounts(
      'mkdir -p .codencer/artifacts .codencer/workspace && mount -t tmpfs tmpfs .codencer/artifacts && mount -t tmpfs tmpfs .codencer/workspace',
    );

    it('FILE-4: under the evidence: a task is refused with the reason, and taken when it can be written again', async () => {
      const target = await start({ launcher });
      await client.startRun('r');
      remount(target.pid, mounted('artifacts'), 'ro');
      const refused = await submitTo(target, { ...command('true'), step_id: 'refused' });
      expect(refused.status).toBeGreaterThanOrEqual(500);
      expect(refused.text).toMatch(/^cannot [^\n]+: the file system is read-only\n$/);
      expect((await target.request('GET', '/api/v1/steps/refused')).status).toBe(404);
      remount(target.pid, mounted('artifacts'), 'rw');
      expect((await client.run('r', { ...command('echo x > x.txt'), step_id: 'refused' })).state).toBe('completed');
      await expectWhole(target);
    });

    it('under the worktrees: the step says so, and a retry works when it can be written again', async () => {
      const target = await start({ launcher });
      await client.startRun('r');
      remount(target.pid, mounted('workspace'), 'ro');
      const result = await client.run('r', { ...command('echo x > x.txt'), step_id: 'late' });
      expect(result).toMatchObject({ state: 'failed_bridge', failure_class: 'provisioning_failed' });
      expect(result.summary).toMatch(/read-only/);
      remount(target.pid, mounted('workspace'), 'rw');
      await target.request('POST', '/api/v1/steps/late/retry', {});
      await client.wait('late');
      expect(await client.result('late')).toMatchObject({ state: 'completed', files_changed: ['x.txt'] });
      const first = await target.request('GET', '/api/v1/attempts/late-a1');
      expect(first.json).toMatchObject({ state: 'failed_bridge', salvage: { kept_worktree: null } });
    });

    it('at the start: it is refused in one sentence', async () => {
      const refused = await startRefusedDaemon({
        repoRoot: repository.root,
        launcher: inOwnMounts('mkdir -p .codencer && mount -t tmpfs -o ro tmpfs .codencer'),
      });
      expect(refused).toEqual({ exitCode: 1, sentence: expect.stringMatching(/^codencer: [^\n]*read-only[^\n]*$/) });
    });
  });

  describe('because no more files can be opened', () => {
    it('GIT-3, SRV-35: refuses what it cannot do with the reason, lives on, and loses nothing', async () => {
      const target = await start();
      const step = await begun(target);
      const open = readdirSync(`/proc/${target.pid}/fd`).length;
      limitFiles(target, open + 2);
      const refused = await submitTo(target, command('true'));
      expect(refused.status).toBeGreaterThanOrEqual(500);
      expect(refused.text).toMatch(/too many open files/);
      expect((await target.request('GET', `/api/v1/steps/${step}`)).status).toBe(200);
      writeFileSync(go(), '');
      await client.wait(step, 5000);
      limitFiles(target, 4096);

      await client.wait(step, 20_000);
      const result = await client.result(step);
      expect(['completed', 'needs_manual_attention']).toContain(result.state);
      const [ref] = result.salvage?.refs ?? [];
      const kept = result.salvage?.kept_worktree ?? '';
      const work =
        ref === undefined
          ? readFileSync(join(kept, 'work.txt'), 'utf8')
          : repository.git('show', `${ref.name}:work.txt`);
      expect(work).toBe('work\n');
      expect((await client.run('r', command('echo x > x.txt'))).state).toBe('completed');
      await expectWhole(target);
    });

    const limitFiles = ({ pid }: TestDaemon, count: number) =>
      execFileSync('prlimit', ['--pid', String(pid), `--nofile=${count}:`]);
  });

  describe('because the clock jumps back an hour', () => {
    it('keeps time limits, waits and the order of the log, and says until when a step waits', async () => {
      const clock = join(repository.root, '../clock');
      const jump = (ms: number) => writeFileSync(clock, String(ms));
      jump(0);
      const program = join(import.meta.dirname, '../../fixtures/programs/shift-clock.mjs');
      const env = { NODE_OPTIONS: `--import=${program}`, FIRE_CLOCK_FILE: clock };
      const first = await start({ env });
      const limited = await begun(first, { timeout_seconds: 2 });
      const notBefore = new Date(Date.now() + 1000).toISOString();
      const waiting = await client.submit('r', { ...command('echo x > x.txt'), not_before: notBefore });
      jump(-3_600_000);

      expect((await client.run('r', command('echo now > now.txt'))).state).toBe('completed');
      await client.wait(limited);
      expect(await client.result(limited)).toMatchObject({ state: 'timeout' });
      const { step } = z.looseObject({ step: z.unknown() }).parse(await client.wait(waiting.id, 200));
      expect(step).toMatchObject({ state: 'pending', not_before: expect.stringMatching(/Z$/) });
      await expectWhole(first);
      await first.kill();

      jump(0);
      const second = await start({ env });
      await client.wait(waiting.id);
      expect(await client.result(waiting.id)).toMatchObject({ state: 'completed' });
      await expectWhole(second);
    });
  });

  describe('because the end of its log is cut off', () => {
    it('starts with what is whole, keeps the work, and takes the same task again', async () => {
      const first = await start();
      await client.startRun('r');
      const kept = await client.run('r', { ...command('echo kept > kept.txt'), step_id: 'kept' });
      const log = join(repository.root, '.codencer/codencer.db-wal');
      const whole = statSync(log).size;
      await client.run('r', { ...command('echo cut > cut.txt'), step_id: 'cut' });
      await waitUntil(() => readdirSync(join(repository.root, '.codencer/workspace')).length === 0);
      await first.kill();
      expect(statSync(log).size).toBeGreaterThan(whole);
      truncateSync(log, whole + 100);

      const second = await start();
      expect(await client.result('kept')).toMatchObject({ state: 'completed', files_changed: ['kept.txt'] });
      await expectWhole(second);
      const [ref] = kept.salvage?.refs ?? [];
      expect(repository.git('show', `${ref?.name}:kept.txt`)).toBe('kept\n');
      // What was in the part that is gone is not in the record; its work is in git all the same.
      expect(repository.git('show', 'refs/codencer/r/cut/cut-a1:cut.txt')).toBe('cut\n');
      const again = await client.run('r', { ...command('echo again > cut.txt'), step_id: 'cut' });
      // What the forgotten attempt of that number left lies in the way, and is not written over.
      expect(['needs_manual_attention', 'failed_bridge']).toContain(again.state);
      expect(again.summary).toContain('cut-a1');
      await second.request('POST', '/api/v1/steps/cut/retry', {});
      await client.wait('cut');
      expect((await client.step('cut')).state).toBe('completed');
      expect(repository.git('show', 'refs/codencer/r/cut/cut-a1:cut.txt')).toBe('cut\n');
      expect(repository.git('show', 'refs/codencer/r/cut/cut-a2:cut.txt')).toBe('again\n');
    });
  });
});
