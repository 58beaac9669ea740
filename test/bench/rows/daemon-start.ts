import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAEMON_NODE_FLAGS } from '../../../main/cli/daemon-node-flags.ts';
import { startDaemon } from '../daemon.ts';
import { interleave } from '../interleave.ts';
import type { Measure } from '../measure.ts';
import { cleanEnvironment, recordPath } from '../product.ts';
import { makeRepository } from '../repository.ts';
import { residentMb } from '../resident-memory.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { timeProgram } from '../run-program.ts';
import { seedRecord } from '../seed-record.ts';
import { startServer } from '../server-program.ts';
import { summarize } from '../statistics.ts';
import { endChild } from '../workshop.ts';

/** What nobody asks anything of settles to. */
const IDLE_AFTER_MS = 3000;

/** From nothing to an answer, and what it costs while it idles. */
export const daemonStart: Row = {
  name: 'daemon-start',
  async measure(bench) {
    const repoRoot = bench.workshop.folder('repository');
    makeRepository(repoRoot, 200);
    const seeded = join(bench.workshop.folder('record'), 'record.db');
    const emptyRecord = join(bench.workshop.folder('empty'), 'record.db');
    seedRecord(emptyRecord, { runs: 0, stepsPerRun: 0, events: 0 });
    const empty = await compare(bench, {
      name: 'empty',
      prepare: () => removeState(repoRoot),
      repoRoot,
      floorRecord: emptyRecord,
      limits: { readyMs: 300, idleMb: 110 },
    });
    if (bench.extent !== 'full') return { measures: empty, notes: notesWith(await bareNodeMs(bench)) };
    seedRecord(seeded, { runs: 10_000, stepsPerRun: 5, events: 1_000_000 });
    const loaded = await compare(bench, {
      name: '10,000 runs, 50,000 steps, 1,000,000 events',
      // The first start is thrown away: the others begin where a daemon has ended in order.
      prepare: (round) => {
        if (round === 0) putRecord(repoRoot, seeded);
      },
      repoRoot,
      floorRecord: seeded,
      limits: { readyMs: 500, idleMb: 150 },
    });
    return { measures: [...empty, ...loaded], notes: notesWith(await bareNodeMs(bench)) };
  },
};

const notesWith = (bareMs: number): readonly string[] => [
  'From the start of the process to the line that says that it is ready: instance lock, record, port, recovery and all.',
  `Node was given what \`codencer up\` gives it, in this and in every other row: ${DAEMON_NODE_FLAGS.join(' ')}.`,
  `Floor: fastify, zod and better-sqlite3 with one route over the same record, to the line with its port. \`node -e 0\` alone took ${Math.round(bareMs)} ms.`,
  `Memory: resident size ${IDLE_AFTER_MS / 1000} s after that.`,
];

const removeState = (repoRoot: string): void => rmSync(join(repoRoot, '.codencer'), { recursive: true, force: true });

function putRecord(repoRoot: string, record: string): void {
  removeState(repoRoot);
  mkdirSync(dirname(recordPath(repoRoot)), { recursive: true, mode: 0o700 });
  copyFileSync(record, recordPath(repoRoot));
}

interface Comparison {
  readonly name: string;
  readonly repoRoot: string;
  /** Before each start. */
  readonly prepare: (round: number) => void;
  readonly floorRecord: string;
  readonly limits: { readonly readyMs: number; readonly idleMb: number };
}

interface Start {
  readonly readyMs: number;
  /** Null where it was not waited for. */
  readonly idleMb: number | null;
}

async function compare(
  bench: Bench,
  { name, repoRoot, prepare, floorRecord, limits }: Comparison,
): Promise<readonly Measure[]> {
  const count = sized(bench, { quick: 5, usual: 15 });
  const idles = (round: number): boolean => round === count;
  const starts = await interleave(
    { count, warmUp: 1 },
    {
      async ours(round): Promise<Start> {
        prepare(round);
        const daemon = await startDaemon(bench, { repoRoot });
        const idleMb = idles(round) ? await idleMemory(daemon.pid) : null;
        await daemon.stop();
        return { readyMs: daemon.readyAfterMs, idleMb };
      },
      async floor(round): Promise<Start> {
        const floor = await startServer(bench, { program: 'floors/plain-route.ts', args: [floorRecord] });
        const idleMb = idles(round) && floor.child.pid !== undefined ? await idleMemory(floor.child.pid) : null;
        await endChild(floor.child);
        return { readyMs: floor.readyAfterMs, idleMb };
      },
    },
  );
  const ready = { ours: summarize(starts.ours.map(readyOf)), floor: summarize(starts.floor.map(readyOf)) };
  return [
    {
      what: `start to ready, ${name}, p50`,
      unit: 'ms',
      ours: ready.ours.p50,
      floor: ready.floor.p50,
      bar: { of: 'ours', sense: 'at most', limit: limits.readyMs, marginPercent: 20 },
      spread: ready,
    },
    {
      what: `memory when idle, ${name}`,
      unit: 'MB',
      ours: idleOf(starts.ours),
      floor: idleOf(starts.floor),
      bar: { of: 'ours', sense: 'at most', limit: limits.idleMb, marginPercent: 5 },
    },
  ];
}

async function idleMemory(pid: number): Promise<number> {
  await sleep(IDLE_AFTER_MS);
  return residentMb(pid);
}

const readyOf = ({ readyMs }: Start): number => readyMs;

function idleOf(starts: readonly Start[]): number {
  const idle = starts.find(({ idleMb }) => idleMb !== null)?.idleMb;
  if (idle === undefined || idle === null) throw new Error('memory was never read');
  return idle;
}

async function bareNodeMs(bench: Bench): Promise<number> {
  const times: number[] = [];
  const env = cleanEnvironment();
  for (let round = 0; round < 10; round += 1) {
    times.push(await timeProgram(bench.workshop, { file: process.execPath, args: ['-e', '0'], cwd: '/', env }));
  }
  return summarize(times).p50;
}
