import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { waitUntil } from '../support/wait-until.ts';
import type { Playing } from './playing.ts';
import type { Stage } from './stage.ts';
import type { NotAvailable, Transport, Way } from './transports.ts';

/** A row of the whole matrix: what is done with a transport, and what is told of it. */
export interface Row {
  readonly name: string;
  readonly way: (transport: Transport) => Way | NotAvailable;
  readonly limits?: Readonly<Record<string, number>>;
  /** From the start to the end; gives what stands in the table. */
  readonly act: (scene: Scene) => Promise<string>;
  /** Whether it can end well; never unless told. */
  readonly mayComplete?: (transport: Transport) => boolean;
}

export interface Scene {
  readonly one: Playing;
  readonly stage: Stage;
  readonly transport: Transport;
}

/** The end of the step as the table tells it: the class of the failure, and whether the file was written. */
export async function endOf({ one }: Scene): Promise<string> {
  const { state, failure_class, files_changed } = await one.settled();
  const word = state.startsWith('completed') ? state : (failure_class ?? state);
  return files_changed === null ? word : `${word}, file written`;
}

const free = (scenario: string) => (transport: Transport) => ({ ...transport.free, scenario });
type MayComplete = (transport: Transport) => boolean;
const always: MayComplete = () => true;
const never: MayComplete = () => false;
const WALL = { wall_clock_seconds: 200 };

/** The service behind the agent fails in this way. */
const failing = (scenario: string, name: string, mayComplete = never): Row => ({
  name,
  way: free(scenario),
  limits: WALL,
  act: endOf,
  mayComplete,
});

const FAILURES: readonly Row[] = [
  failing('http-400', 'HTTP 400'),
  failing('http-401', 'HTTP 401'),
  failing('http-403', 'HTTP 403'),
  failing('http-429', 'HTTP 429'),
  failing('http-500', 'HTTP 500'),
  failing('http-429-once', 'HTTP 429 once, then well', always),
  failing('garbage', 'garbage instead of events'),
  failing('html', 'a web page instead of events'),
  failing('empty', 'an empty answer'),
  failing('truncated', 'an answer cut in half', always),
  failing('reset', 'connections torn'),
  failing('bad-tool', 'a tool call with broken JSON', ({ hides }) => hides.includes('bad-tool')),
  failing('unknown-tool', 'a tool that nobody offered', ({ hides }) => hides.includes('unknown-tool')),
  failing('failing-shell', 'a command that fails', always),
];

const WATCHDOGS: readonly Row[] = [
  {
    name: 'never answers; 10 s without a sign allowed',
    way: free('stall'),
    limits: { ...WALL, idle_seconds: 10 },
    act: endOf,
  },
  {
    name: 'calls tools for ever; 12 allowed',
    way: free('endless-tools'),
    limits: { ...WALL, tool_calls: 12 },
    act: endOf,
  },
  {
    name: 'says 20 MB; 2 MB allowed',
    way: free('big-text-20'),
    limits: { ...WALL, output_bytes: 2_000_000 },
    // Qwen Code itself cuts off an answer that repeats itself.
    mayComplete: always,
    act: endOf,
  },
];

const isInTool = async ({ one }: Scene): Promise<boolean> => existsSync(join(await one.worktree(), 'hello.txt'));

async function cancel({ one, stage }: Scene): Promise<void> {
  const { status, text } = await stage.request('POST', `/api/v1/steps/${one.stepId}/cancel`, { reason: 'enough' });
  if (status !== 200) throw new Error(`cancel: ${status} ${text}`);
}

const killed = (signal: NodeJS.Signals): Row => ({
  name: `${signal} of somebody else while a tool runs`,
  way: free('long-shell'),
  limits: WALL,
  act: async (scene) => {
    await waitUntil(() => isInTool(scene));
    const [attempt] = await scene.one.attempts();
    if (attempt?.pid == null) throw new Error('no process is known');
    process.kill(attempt.pid, signal);
    return endOf(scene);
  },
});

const STOPS: readonly Row[] = [
  {
    name: 'cancelled while the model is silent',
    way: free('hang'),
    limits: WALL,
    act: async (scene) => {
      await waitUntil(() => scene.stage.model.requests().some(({ scenario }) => scenario === 'hang'));
      await cancel(scene);
      return endOf(scene);
    },
  },
  {
    name: 'cancelled while a tool runs',
    way: free('long-shell'),
    limits: WALL,
    act: async (scene) => {
      await waitUntil(() => isInTool(scene));
      await cancel(scene);
      return endOf(scene);
    },
  },
  killed('SIGTERM'),
  killed('SIGKILL'),
];

const decided = (name: string, mayComplete: MayComplete, ...words: readonly string[]): Row => ({
  name,
  way: ({ asking }) => asking,
  limits: WALL,
  mayComplete,
  act: async (scene) => {
    const gate = await scene.one.asked();
    const [action = '', ...flags] = words;
    await scene.stage.cli('gate', action, gate.id, ...flags);
    return endOf(scene);
  },
});

const QUESTIONS: readonly Row[] = [
  decided('asks; allowed once', always, 'approve'),
  decided('asks; allowed for the attempt', always, 'approve', '--for-attempt'),
  decided('asks; rejected', never, 'reject', '--reason', 'not today'),
  {
    name: 'asks; cancelled meanwhile',
    way: ({ asking }) => asking,
    limits: WALL,
    act: async (scene) => {
      await scene.one.asked();
      await cancel(scene);
      return endOf(scene);
    },
  },
  { name: 'cannot ask; denied', way: ({ denied }) => denied, limits: WALL, act: endOf },
];

const SESSIONS: readonly Row[] = [
  {
    name: 'a session that is gone on with',
    way: ({ resume, free: way }) => (resume === 'same id' ? { ...way, scenario: 'sessions' } : resume),
    limits: WALL,
    mayComplete: always,
    act: async (scene) => {
      const { one, stage } = scene;
      const before = await one.settled();
      await setTimeout(scene.transport.resumesAfterMs);
      const retried = await stage.cli('step', 'retry', one.stepId, '--answer', 'REMEMBER=pear WRITE_FILE=b');
      if (retried.exitCode !== 0) return `not retried: ${retried.stderr.trim()}`;
      const after = await one.settled();
      if (!after.state.startsWith('completed')) return after.failure_class ?? after.state;
      const isRemembered = after.summary.includes('apple, pear');
      return `${isRemembered ? 'remembers' : 'forgets'}, ${after.session === before.session ? 'same' : 'another'} id`;
    },
  },
  {
    name: 'tokens in and out; basis; cost',
    way: free('write'),
    limits: WALL,
    mayComplete: always,
    act: async ({ one }) => {
      const { usage } = await one.settled();
      return usage == null ? 'none' : usageWords(usage);
    },
  },
];

interface ToldUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number | null;
  readonly basis: string;
}

const usageWords = ({ input_tokens, output_tokens, cost_usd, basis }: ToldUsage): string =>
  `${input_tokens}/${output_tokens}, ${basis}, ${cost_usd === null ? 'no cost' : `${cost_usd} USD`}`;

export const ROWS: readonly Row[] = [...FAILURES, ...WATCHDOGS, ...STOPS, ...QUESTIONS, ...SESSIONS];
