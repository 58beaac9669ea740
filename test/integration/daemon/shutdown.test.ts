import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findMarked } from '../../../main/daemon/adapters/process/environment-mark.ts';
import { openAnswer } from '../../support/http-request.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LONG_MS = 90_000;
const STOP_LIMIT_MS = 30_000;
const STUBBORN = join(import.meta.dirname, '../../fixtures/programs/ignore-sigterm.mjs');
const BE_STUBBORN = `'${process.execPath}' '${STUBBORN}'`;
/** Says in a file of the worktree that it will not end. */
const TELL_AND_BE_STUBBORN = `${BE_STUBBORN} | { read line; touch begun; cat; }`;

/** A repository with a run in it and a daemon that can be ended and started again; all of it goes with the test. */
async function openGround(onTestFinished: (end: () => Promise<void>) => void) {
  const repository = createRepository();
  let daemon = await startTestDaemon({ repoRoot: repository.root });
  const client = () => createTaskClient(daemon);
  const get = async (path: string) => (await daemon.request('GET', `/api/v1/${path}`)).json;
  const instance = z.looseObject({ id: z.string() }).parse(await get('instance')).id;
  onTestFinished(async () => {
    await daemon.stop();
    for (const { pid } of findMarked(`${instance}:`)) process.kill(pid, 'SIGKILL');
    repository.remove();
  });
  await client().startRun('ending');
  return {
    repository,
    daemon: () => daemon,
    client,
    get,
    start: async (): Promise<void> => {
      daemon = await startTestDaemon({ repoRoot: repository.root });
    },
    worktreeOf: (stepId: string): string => join(repository.root, `.codencer/workspace/${stepId}-a1`),
    workOf: (stepId: string, file: string): string =>
      repository.git('show', `refs/codencer/ending/${stepId}/${stepId}-a1:${file}`),
    /** Resolves when the text stands in what the step printed. */
    printed: (stepId: string, text: string) =>
      waitUntil(async () => (await daemon.request('GET', `/api/v1/steps/${stepId}/logs`)).text.includes(text)),
    /** The step is under way in the record, too. */
    underWay: (stepId: string) => waitUntil(async () => (await client().step(stepId)).state === 'running'),
    stopInTime: async (): Promise<void> => {
      const startedAt = performance.now();
      expect(await daemon.stop()).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(STOP_LIMIT_MS);
      expect(findMarked(`${instance}:`)).toEqual([]);
    },
  };
}

// Side by side: each waits for the time that programs have to end by themselves.
describe.concurrent('a daemon that is asked to end', { timeout: LONG_MS }, () => {
  it('ends four agents that will not, saves their work, and leaves what waits for the next start', async ({
    onTestFinished,
  }) => {
    const { client, daemon, get, printed, start, stopInTime, workOf, worktreeOf } = await openGround(onTestFinished);
    const stubborn = `echo work > work.txt; (setsid ${BE_STUBBORN} &); exec ${BE_STUBBORN}`;
    const running = await Promise.all([1, 2, 3, 4].map(() => client().submit('ending', command(stubborn))));
    const waiting = await client().submit('ending', command('echo later > later.txt'));
    for (const { id } of running) await printed(id, 'ready');
    const follower = await openAnswer({
      port: daemon().port,
      path: `/api/v1/steps/${running[0]?.id}/logs?follow=1`,
      headers: { authorization: `Bearer ${daemon().token}` },
    });
    follower.on('error', () => undefined).resume();
    const waits = daemon()
      .request('POST', `/api/v1/steps/${waiting.id}/wait`, { timeout_ms: LONG_MS })
      .catch(() => 'cut off');
    await stopInTime();
    await waits;

    await start();
    for (const { id } of running) {
      const result = await client().result(id);
      expect(result).toMatchObject({
        state: 'failed_bridge',
        failure_class: 'interrupted',
        files_changed: ['work.txt'],
      });
      expect(workOf(id, 'work.txt')).toBe('work\n');
      expect(existsSync(worktreeOf(id))).toBe(false);
    }
    await client().wait(waiting.id);
    expect(await client().result(waiting.id)).toMatchObject({ state: 'completed', files_changed: ['later.txt'] });
    const recovered = z.array(z.looseObject({ type: z.string() })).parse(await get('events?format=json&limit=1000'));
    expect(recovered.map(({ type }) => type)).toContain('instance.stopping');
    expect(recovered.map(({ type }) => type)).not.toContain('instance.recovered');
    expect(await get('audit/verify')).toMatchObject({ ok: true });
  });

  const phases: readonly (readonly [string, object])[] = [
    [
      'a validation',
      { ...command('echo work > work.txt'), validations: [{ name: 'hangs', command: TELL_AND_BE_STUBBORN }] },
    ],
    ['a hook', command('echo work > work.txt')],
  ];
  for (const [phase, task] of phases) {
    it(`ends ${phase} too`, async ({ onTestFinished }) => {
      const { client, repository, start, stopInTime, workOf, worktreeOf } = await openGround(onTestFinished);
      if (phase === 'a hook') {
        const hook = `echo hooked > hooked.txt; ${TELL_AND_BE_STUBBORN}`;
        const content = { provisioning: { hooks: { post_create: hook } } };
        mkdirSync(join(repository.root, '.codencer'), { recursive: true });
        writeFileSync(join(repository.root, '.codencer/workspace.json'), JSON.stringify(content));
      }
      const step = await client().submit('ending', { ...task });
      await waitUntil(() => existsSync(join(worktreeOf(step.id), 'begun')));
      await stopInTime();
      await start();
      const result = await client().result(step.id);
      expect(result).toMatchObject({ state: 'failed_bridge', failure_class: 'interrupted' });
      const made = phase === 'a hook' ? 'hooked.txt' : 'work.txt';
      expect(workOf(step.id, made)).toMatch(/work|hooked/);
      expect(existsSync(worktreeOf(step.id))).toBe(false);
    });
  }

  for (const how of ['asked', 'killed'] as const) {
    it(`goes on after a restart with what may be tried again, when it was ${how}`, async ({ onTestFinished }) => {
      const { client, daemon, get, printed, repository, start, stopInTime, underWay, workOf } =
        await openGround(onTestFinished);
      const proof = join(repository.root, '../first-time');
      const run = `echo $$ >> tried.txt; [ -e '${proof}' ] || { touch '${proof}'; sleep 300; }`;
      const retry = { max_attempts: 2, base_seconds: 0, on: ['interrupted'] };
      const again = await client().submit('ending', { ...command(run), retry });
      await waitUntil(() => existsSync(proof));
      await underWay(again.id);
      const once = await client().submit('ending', command('echo begun; sleep 300'));
      await printed(once.id, 'begun');
      if (how === 'asked') await stopInTime();
      else await daemon().kill();
      await start();
      await client().wait(again.id);
      expect((await client().result(again.id)).state).toBe('completed');
      expect(await get(`steps/${again.id}/attempts`)).toMatchObject([
        { number: 1, state: 'failed_bridge', failure_class: 'interrupted' },
        { number: 2, state: 'completed' },
      ]);
      expect(workOf(again.id, 'tried.txt')).toMatch(/^\d+\n$/);
      expect(await client().result(once.id)).toMatchObject({ state: 'failed_bridge', failure_class: 'interrupted' });
    });
  }
});
