import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchDaemon, startDaemon } from '../daemon.ts';
import { interleave } from '../interleave.ts';
import { cleanEnvironment } from '../product.ts';
import { makeRepository } from '../repository.ts';
import { watchPeakRss } from '../resident-memory.ts';
import { type Bench, type Row, sized } from '../row.ts';
import { timeProgram } from '../run-program.ts';
import { makeSecrets, writeSampleLog } from '../sample-log.ts';
import { summarize } from '../statistics.ts';

const MEGABYTE = 1_000_000;
const SECRETS = 100;

interface Outcome {
  readonly perSecond: number;
  /** Null for the floor, which keeps nothing. */
  readonly growthMb: number;
}

/** How fast a program's output gets to disk and to a reader, and what that costs in memory. */
export const outputRate: Row = {
  name: 'output-rate',
  async measure(bench) {
    const megabytes = sized(bench, { quick: 128, usual: 1000 });
    const secrets = makeSecrets(SECRETS);
    const folder = bench.workshop.folder('log');
    const log = join(folder, 'sample.log');
    writeSampleLog(log, megabytes * MEGABYTE, Object.values(secrets));
    const daemon = await startWithSecrets(bench, secrets);
    await followOnce(daemon, { log: await warmUpLog(folder, secrets), round: 'warm' });
    const outcomes = await interleave(
      { count: 2, warmUp: 0 },
      {
        ours: (round) => followOnce(daemon, { log, round: String(round) }),
        floor: (round) => catOnce(bench, { log, copy: join(folder, `copy-${round}.log`) }),
      },
    );
    return report(outcomes, megabytes);
  },
};

async function startWithSecrets(bench: Bench, secrets: Readonly<Record<string, string>>): Promise<BenchDaemon> {
  const repoRoot = bench.workshop.folder('repository');
  makeRepository(repoRoot, 5);
  const env = { ...secrets, CODENCER_REDACT: Object.keys(secrets).join(',') };
  const daemon = await startDaemon(bench, { repoRoot, env });
  await daemon.startRun('run-output');
  return daemon;
}

async function warmUpLog(folder: string, secrets: Readonly<Record<string, string>>): Promise<string> {
  const path = join(folder, 'warm-up.log');
  writeSampleLog(path, 30 * MEGABYTE, Object.values(secrets));
  return path;
}

async function followOnce(
  daemon: BenchDaemon,
  { log, round }: { readonly log: string; readonly round: string },
): Promise<Outcome> {
  const memory = watchPeakRss(daemon.pid);
  const stepId = await daemon.submit('run-output', {
    step_id: `step-output-${round}`,
    adapter_profile: 'command',
    recipe: { steps: [{ run: `exec cat '${log}'` }] },
  });
  const { bytes: followedBytes, seconds } = await followToEnd(daemon, stepId);
  const growthMb = memory.stop();
  const { size } = statSync(log);
  // A secret is longer than what stands in its place, so a little less arrives than was written.
  if (followedBytes < size * 0.95) throw new Error(`only ${followedBytes} of ${size} bytes came to the follower`);
  await daemon.client.call('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 600_000 });
  return { perSecond: size / MEGABYTE / seconds, growthMb };
}

/** From the first bytes to the end of the log. */
async function followToEnd(daemon: BenchDaemon, stepId: string) {
  const reply = await daemon.followLog(stepId);
  let bytes = 0;
  let firstAtMs: number | null = null;
  for await (const chunk of reply) {
    firstAtMs ??= performance.now();
    bytes += chunk.length;
  }
  return { bytes, seconds: (performance.now() - (firstAtMs ?? 0)) / 1000 };
}

async function catOnce(bench: Bench, { log, copy }: { readonly log: string; readonly copy: string }): Promise<Outcome> {
  const args = ['-c', 'exec cat "$1" > "$2"', 'sh', log, copy];
  const ms = await timeProgram(bench.workshop, { file: '/bin/sh', args, cwd: '/', env: cleanEnvironment() });
  return { perSecond: statSync(log).size / MEGABYTE / (ms / 1000), growthMb: 0 };
}

function report(
  outcomes: { readonly ours: readonly Outcome[]; readonly floor: readonly Outcome[] },
  megabytes: number,
) {
  const ours = summarize(outcomes.ours.map(({ perSecond }) => perSecond));
  const floor = summarize(outcomes.floor.map(({ perSecond }) => perSecond));
  const growth = summarize(outcomes.ours.map(({ growthMb }) => growthMb));
  return {
    measures: [
      {
        what: 'output to disk and to a follower, 100 secrets in the redactor',
        unit: 'MB/s',
        ours: ours.p50,
        floor: floor.p50,
        bar: { of: 'ours', sense: 'at least', limit: 50, marginPercent: 20 },
        spread: { ours, floor },
      },
      {
        what: `growth of the daemon's memory over a log of ${megabytes} MB`,
        unit: 'MB',
        ours: growth.max,
        floor: null,
        bar: { of: 'ours', sense: 'at most', limit: 32, marginPercent: 25 },
        spread: { ours: growth },
      },
    ],
    notes: [
      `The \`command\` executor runs \`cat\` of a log of ${megabytes} MB with one of ${SECRETS} declared secrets in every 500th line; from the follower's first byte to the end of the log.`,
      'Memory: highest resident size while it ran, less the one right before it; the daemon had done the same with 30 MB first.',
      'Floor: `cat` of the same file to another.',
    ],
  } as const;
}
