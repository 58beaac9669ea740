import type { BenchDaemon } from '../daemon.ts';
import { interleave } from '../interleave.ts';
import { cleanEnvironment } from '../product.ts';
import { watchPeakRss } from '../resident-memory.ts';
import { type Bench, type Row, sized } from '../row.ts';
import {
  followActivity,
  type MessageTimes,
  PROGRAM,
  readTimes,
  type Speech,
  startWithAgent,
  submitSpeech,
} from '../speaking-codex.ts';
import { type Summary, summarize } from '../statistics.ts';

const AGENTS = 8;
const MEGABYTE = 1_000_000;
const STREAMED_MB = 20;
const CHARACTERS = 500;

/** What it costs that an agent runs behind a daemon: its start, its words on their way to who looks on, and memory. */
export const agentLive: Row = {
  name: 'agent-live',
  async measure(bench) {
    const daemon = await startWithAgent(bench, AGENTS);
    const speech = { bursts: sized(bench, { quick: 50, usual: 400 }), pauseMs: 10, characters: 80 };
    const words = await interleave(
      { count: 1, warmUp: 1 },
      { ours: () => hear(daemon, speech), floor: () => hearBare(bench, speech) },
    );
    const starts = await interleave(
      { count: sized(bench, { quick: 5, usual: 20 }), warmUp: 2 },
      { ours: () => startOnce(daemon), floor: () => startBare(bench) },
    );
    await stream(daemon, 2);
    const growthMb = await stream(daemon, STREAMED_MB);
    return report({
      words: { ours: summarize(words.ours.flat()), floor: summarize(words.floor.flat()) },
      starts: { ours: summarize(starts.ours), floor: summarize(starts.floor) },
      growthMb,
    });
  },
};

const delaysOf = (times: readonly MessageTimes[]): readonly number[] =>
  times.slice(1).map(({ writtenAtMs, hereAtMs }) => hereAtMs - writtenAtMs);

async function hear(daemon: BenchDaemon, speech: Speech): Promise<readonly number[]> {
  const stepId = await submitSpeech(daemon, speech);
  const times = await readTimes(await followActivity(daemon, stepId));
  await untilEnded(daemon, stepId);
  if (times.length !== speech.bursts + 1) throw new Error(`only ${times.length} messages came to the subscriber`);
  return delaysOf(times).slice(speech.bursts / 10); // those before the subscriber was there came late for a reason
}

async function hearBare(bench: Bench, speech: Speech): Promise<readonly number[]> {
  return delaysOf(await readTimes(startProgram(bench, speech)));
}

function startProgram({ workshop }: Bench, speech: Speech): NodeJS.ReadableStream {
  const child = workshop.start(process.execPath, [PROGRAM], {
    env: cleanEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin?.end(`Goal\n${JSON.stringify(speech)}`);
  if (child.stdout === null) throw new Error('a program without stdout');
  return child.stdout;
}

const SHORT: Speech = { bursts: 0, pauseMs: 0, characters: 1 };

/** From the answer to a submit to the start of the agent's process, as the process says it. */
async function startOnce(daemon: BenchDaemon): Promise<number> {
  const stepId = await submitSpeech(daemon, SHORT);
  const acceptedAtMs = performance.timeOrigin + performance.now();
  await untilEnded(daemon, stepId);
  const [first] = await readTimes(await followActivity(daemon, stepId));
  if (first === undefined) throw new Error('the agent said nothing');
  return first.writtenAtMs - acceptedAtMs;
}

async function startBare(bench: Bench): Promise<number> {
  const startedAtMs = performance.timeOrigin + performance.now();
  const [first] = await readTimes(startProgram(bench, SHORT));
  if (first === undefined) throw new Error('the agent said nothing');
  return first.writtenAtMs - startedAtMs;
}

/** Eight agents at once, each with a subscriber. By how much the daemon grew. */
async function stream(daemon: BenchDaemon, megabytes: number): Promise<number> {
  const bursts = Math.ceil((megabytes * MEGABYTE) / CHARACTERS);
  const memory = watchPeakRss(daemon.pid);
  const heard = Array.from({ length: AGENTS }, async () => {
    const stepId = await submitSpeech(daemon, { bursts, pauseMs: 0, characters: CHARACTERS });
    let bytes = 0;
    for await (const chunk of await followActivity(daemon, stepId)) bytes += chunk.length;
    await untilEnded(daemon, stepId);
    return bytes;
  });
  const least = Math.min(...(await Promise.all(heard)));
  if (least < megabytes * MEGABYTE) throw new Error(`only ${least} bytes came to a subscriber`);
  return memory.stop();
}

const untilEnded = (daemon: BenchDaemon, stepId: string): Promise<unknown> =>
  daemon.client.call('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 600_000 });

interface Sides {
  readonly ours: Summary;
  readonly floor: Summary;
}

function report({
  words,
  starts,
  growthMb,
}: {
  readonly words: Sides;
  readonly starts: Sides;
  readonly growthMb: number;
}) {
  return {
    measures: [
      {
        what: 'agent event to subscriber, p95',
        unit: 'ms',
        ours: words.ours.p95,
        floor: words.floor.p95,
        bar: { of: 'ours', sense: 'at most', limit: 20, marginPercent: 50 },
        spread: words,
      },
      {
        what: "accept to the agent's process, over its bare start, p50",
        unit: 'ms',
        ours: starts.ours.p50 - starts.floor.p50,
        floor: null,
        bar: { of: 'ours', sense: 'at most', limit: 150, marginPercent: 25 },
        spread: starts,
      },
      {
        what: `growth of the daemon's memory, ${AGENTS} agents of ${STREAMED_MB} MB each`,
        unit: 'MB',
        ours: growthMb,
        floor: null,
        bar: { of: 'ours', sense: 'at most', limit: 40, marginPercent: 25 },
      },
    ],
    notes: [
      'The program stands for Codex and speaks as `codex exec --json` does, a message every 10 ms that says when it was written; the subscriber follows `/activity`.',
      'Floor: the same program, read from its pipe. The start is told by the process itself; accepted is when the answer to the submit was read.',
      `Memory: highest resident size while ${AGENTS} agents were followed, less the one right before; the daemon had done the same with 2 MB each first.`,
    ],
  } as const;
}
