import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

const SEED = Number(process.env['CODENCER_TEST_SEED'] ?? 20261121);
const KILLS = Number(process.env['CODENCER_TEST_KILLS'] ?? 10);
const STEPS = 20;

/** Small and good enough to choose instants: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a daemon that is killed again and again', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  afterEach(async () => {
    await daemon.stop();
    repository.remove();
  });

  it(`loses nothing, leaves nobody behind and explains every state (seed ${SEED}, ${KILLS} kills)`, async () => {
    const random = createRandom(SEED);
    repository = createRepository();
    daemon = await startTestDaemon({ repoRoot: repository.root });
    let client = createTaskClient(daemon);
    await client.startRun('crash');
    const steps: string[] = [];
    for (let index = 0; index < STEPS; index += 1) steps.push((await client.submit('crash', taskOf(index))).id);

    for (let kill = 0; kill < KILLS; kill += 1) {
      await eventsToCome(daemon, 1 + Math.floor(random() * 12));
      await daemon.kill();
      daemon = await startTestDaemon({ repoRoot: repository.root });
      client = createTaskClient(daemon);
    }
    for (const step of steps) await client.wait(step, 60_000);

    for (const step of steps) {
      const result = await client.result(step);
      expect(['completed', 'failed_bridge', 'failed_terminal'], JSON.stringify(result)).toContain(result.state);
      if (result.state === 'completed') expect(result.files_changed).toEqual([`made-${steps.indexOf(step)}.txt`]);
      await expectEvidence(step);
    }
    const { id } = z.object({ id: z.string() }).parse((await daemon.request('GET', '/api/v1/instance')).json);
    expect(markedProcesses(id), 'processes left behind').toEqual([]);
    await expect.poll(() => readdirSync(join(repository.root, '.codencer/workspace'))).toEqual([]);
    expect((await daemon.request('GET', '/api/v1/audit/verify')).json).toMatchObject({ ok: true, problems: [] });
    expect(repository.git('status', '--porcelain')).toBe('');
    const fresh = await client.run('crash', command('echo after > after.txt'));
    expect(fresh.state).toBe('completed');
  }, 120_000);

  /** Work of different lengths; a part of it is retried when it is interrupted. */
  function taskOf(index: number) {
    const retry = index % 2 === 0 ? { retry: { max_attempts: 20, base_seconds: 0, on: ['interrupted'] } } : {};
    const pause = (index % 5) * 0.05;
    return { ...command(`echo ${index} > made-${index}.txt; (setsid sleep 60 &); sleep ${pause}`), ...retry };
  }

  /** Whatever an attempt wrote before it ended is in its ref, also when it was interrupted. */
  async function expectEvidence(stepId: string): Promise<void> {
    const answer = await daemon.request('GET', `/api/v1/steps/${stepId}/attempts`);
    const attempts: unknown = answer.json;
    if (!Array.isArray(attempts)) throw new Error(answer.text);
    for (const attempt of attempts) {
      expect(['completed', 'failed_bridge', 'failed_terminal'], JSON.stringify(attempt)).toContain(attempt.state);
      if (attempt.state === 'failed_bridge') expect(attempt.failure_class).toBe('interrupted');
      for (const ref of attempt.salvage?.refs ?? []) repository.git('cat-file', '-e', `${ref.name}^{commit}`);
      if ((attempt.files_changed ?? []).length > 0) expect(attempt.salvage.refs.length).toBeGreaterThan(0);
    }
  }

  /** Living processes that carry the mark of any attempt of this instance. */
  function markedProcesses(instanceId: string): readonly string[] {
    return readdirSync('/proc').filter((name) => {
      if (!/^\d+$/.test(name)) return false;
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`CODENCER_MARK=${instanceId}:`);
      } catch {
        return false; // gone meanwhile
      }
    });
  }

  /** Resolves when the record has grown by so many events. */
  async function eventsToCome(target: TestDaemon, count: number): Promise<void> {
    const last = await lastSeq(target);
    const deadline = Date.now() + 2000;
    while ((await lastSeq(target)) < last + count && Date.now() < deadline) await new Promise(setImmediate);
  }

  async function lastSeq(target: TestDaemon): Promise<number> {
    const answer = await target.request('GET', '/api/v1/events?format=json&limit=1000&after=0');
    return Array.isArray(answer.json) ? answer.json.length : 0;
  }
});
