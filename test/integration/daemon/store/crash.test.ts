import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

import { openStore } from '../../../../main/daemon/store/open-store.ts';
import { successOf } from '../../../support/success-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const PROGRAM = join(import.meta.dirname, '../../../fixtures/programs/write-record.mjs');

/** Lets a program commit to the record and kills it while it goes on. The answer is the last event it told of. */
async function writeAndKill(path: string, commits: number): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let lastSeq = 0;
  let heard = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    lastSeq = Number(line);
    heard += 1;
    if (heard === commits) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return lastSeq;
}

it('TXN-9: what was committed survives kill -9, and nothing else is there', async () => {
  const path = join(temporaryFolder(), 'record.sqlite');
  let fence = 0;
  for (const commits of [1, 37, 400, 900]) {
    const lastSeq = await writeAndKill(path, commits);
    const store = successOf(openStore({ path, clock: Date.now }));
    const events = store.events.read({ after: 0, limit: 1_000_000 });
    expect(store.events.lastSeq()).toBeGreaterThanOrEqual(lastSeq);
    expect(events).toHaveLength(store.events.lastSeq());
    expect(await store.events.verifyChain()).toMatchObject({ ok: true, checked: events.length });

    const created = events.filter(({ type }) => type === 'run.created');
    expect(events.at(-1)?.type).toBe('run.created');
    expect(store.runs.listOpen()).toHaveLength(created.length);
    const nextFence = store.leases.nextFence();
    expect(nextFence).toBeGreaterThan(fence + commits);
    fence = nextFence;
    expect([store.integrity().problems, store.listQuarantined(9)]).toEqual([[], []]);
    store.close();
  }
});
