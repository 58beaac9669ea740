import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type BenchDaemon, startDaemon } from '../daemon.ts';
import { ROOT } from '../product.ts';
import { makeRepository } from '../repository.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { summarize } from '../statistics.ts';

const AT_ONCE = 2;
const PROGRAM = join(ROOT, 'test/bench/programs/stubborn-claude.ts');

/** How long after somebody cancels a step nothing of its agent is alive, however little that wants to end. */
export const cancel: Row = {
  name: 'cancel',
  async measure(bench) {
    const stubborn = await startWithStubborn(bench);
    const rounds = sized(bench, { quick: 10, usual: 20 });
    const timesMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      timesMs.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => cancelOnce(stubborn)))));
    }
    const ours = summarize(timesMs);
    return {
      measures: [
        {
          what: 'cancel to nothing alive, p95',
          unit: 'ms',
          ours: ours.p95,
          floor: null,
          bar: { of: 'ours', sense: 'at most', limit: 3000, marginPercent: 10 },
          spread: { ours },
        },
      ],
      notes: [
        'The program stands for Claude, answers nothing and ignores SIGTERM, SIGINT and SIGHUP; so does its child, in a session of its own.',
        `From the cancelling request to the moment at which neither is there any more, looked for every ${LOOK_EVERY_MS} ms; ${ours.count} times, ${AT_ONCE} at once.`,
        'Most of it is the time that every agent is given: 700 ms to end by its protocol, then 1,500 ms after SIGTERM. A plain command has 5 s after SIGTERM.',
      ],
    };
  },
};

interface Stubborn {
  readonly daemon: BenchDaemon;
  /** Where the program writes the ids of its processes, a file for each attempt. */
  readonly folder: string;
}

async function startWithStubborn(bench: Bench): Promise<Stubborn> {
  const repoRoot = bench.workshop.folder('repository');
  makeRepository(repoRoot, 50);
  const folder = bench.workshop.folder('agent');
  const program = join(folder, 'claude');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' '${folder}' "$@"\n`);
  chmodSync(program, 0o755);
  const daemon = await startDaemon(bench, {
    repoRoot,
    env: { CLAUDE_BINARY: program, CODENCER_SLOTS: String(AT_ONCE) },
  });
  await daemon.startRun('run-cancel');
  return { daemon, folder };
}

async function cancelOnce({ daemon, folder }: Stubborn): Promise<number> {
  const stepId = await daemon.submit('run-cancel', { adapter_profile: 'claude' });
  const pids = await readPids(join(folder, `${stepId}-a1`));
  const cancelledAtMs = performance.now();
  await daemon.client.call('POST', `/api/v1/steps/${stepId}/cancel`, {});
  while (pids.some(isAlive)) await sleep(LOOK_EVERY_MS);
  const tookMs = performance.now() - cancelledAtMs;
  await daemon.client.call('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 60_000 });
  return tookMs;
}

const LOOK_EVERY_MS = 5;
const Pids = z.array(z.number()).length(2);

async function readPids(file: string): Promise<readonly number[]> {
  for (;;) {
    try {
      return Pids.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      await sleep(LOOK_EVERY_MS);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false; // no such process
  }
}
