import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { findMarked } from '../../../main/daemon/adapters/process/environment-mark.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const STUBBORN = join(import.meta.dirname, '../../fixtures/programs/ignore-sigterm.mjs');
const RUN_DAEMON = join(import.meta.dirname, '../../support/run-daemon.ts');

let repository: TemporaryRepository;
let daemon: TestDaemon;
let early: ChildProcess | null = null;
afterEach(async () => {
  early?.kill('SIGKILL');
  await daemon.stop();
  repository.remove();
});

it('a daemon that is asked to end while it recovers finishes that, serves nobody and starts nothing', async () => {
  repository = createRepository();
  daemon = await startTestDaemon({ repoRoot: repository.root });
  const client = createTaskClient(daemon);
  await client.startRun('early');
  const left = await client.submit('early', command(`'${process.execPath}' '${STUBBORN}'`));
  await waitUntil(async () => (await daemon.request('GET', `/api/v1/steps/${left.id}/logs`)).text.includes('ready'));
  await daemon.kill();

  early = spawn(process.execPath, [RUN_DAEMON, repository.root, '0'], {
    env: { ...process.env, XDG_STATE_HOME: join(repository.root, '../state') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  early.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await waitUntil(() => output.includes('"msg":"listening"'));
  early.kill('SIGTERM');
  expect(await once(early, 'exit')).toEqual([0, null]);
  expect(output).toContain('"msg":"stopped"');
  expect(output).not.toContain('"msg":"ready"');
  const announced = z.looseObject({ pid: z.number() });
  const instanceFile = readFileSync(join(repository.root, '.codencer/instance.json'), 'utf8');
  expect(announced.parse(JSON.parse(instanceFile)).pid).not.toBe(early.pid);

  daemon = await startTestDaemon({ repoRoot: repository.root });
  const instance = z.looseObject({ id: z.string() }).parse((await daemon.request('GET', '/api/v1/instance')).json);
  expect(findMarked(`${instance.id}:`)).toEqual([]);
  expect(await createTaskClient(daemon).result(left.id)).toMatchObject({ failure_class: 'interrupted' });
  const events = await daemon.request('GET', '/api/v1/events?format=json&limit=1000');
  const types = z
    .array(z.looseObject({ type: z.string() }))
    .parse(events.json)
    .map(({ type }) => type);
  expect(types.filter((type) => type === 'instance.started')).toHaveLength(2);
  expect(types.filter((type) => type === 'instance.recovered')).toHaveLength(1);
});
