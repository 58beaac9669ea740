import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { ExecutorLimits, ExecutorProfile } from '../../../../../../contract/executor-profile.ts';
import { PermissionRequest } from '../../../../../../contract/permission.ts';
import { err, ok } from '../../../../../../contract/result.ts';
import type {
  AgentDriver,
  AgentListener,
  AgentSignal,
  Conversation,
  Launch,
} from '../../../../../../main/daemon/adapters/executors/agent/agent.ts';
import { createAgentExecutor } from '../../../../../../main/daemon/adapters/executors/agent/run-agent.ts';
import type { ExecutorTask } from '../../../../../../main/daemon/adapters/executors/executor.ts';
import { findFamily } from '../../../../../../main/daemon/adapters/process/process-family.ts';
import { agentProfile, agentTask } from '../../../../../support/agent-task.ts';
import { failureOf, successOf } from '../../../../../support/success-of.ts';
import { waitUntil } from '../../../../../support/wait-until.ts';

const PROGRAM = join(import.meta.dirname, '../../../../../fixtures/programs/play-agent.mjs');

/** What the program of the fixture says is a signal as it stands, or one of these. */
const Said = z.union([
  z.object({ do: z.enum(['finish', 'ask', 'throw', 'ask to end']) }),
  z.custom<AgentSignal>((value) => typeof value === 'object' && value !== null && 'of' in value),
]);

const request = PermissionRequest.parse({
  tool: 'shell',
  toolKind: 'execute',
  title: 'ls',
  command: 'ls',
  cwd: '/',
  paths: [],
  diff: null,
  input: '{}',
  reason: '',
});

interface Play {
  readonly steps: readonly object[];
  readonly limits?: Partial<ExecutorLimits>;
  readonly outcomes?: AgentDriver['outcomes'];
  readonly launch?: Partial<Launch>;
  readonly conversation?: (listener: AgentListener) => Partial<Conversation>;
  readonly profile?: Partial<ExecutorProfile>;
  readonly task?: Partial<ExecutorTask>;
}

const OUTCOMES: AgentDriver['outcomes'] = [
  { rule: 'X-1', when: { terminal: ['done'] }, comesTo: 'completed', because: null },
  { rule: 'X-2', when: {}, comesTo: 'command_failed', because: null },
];

function driverFor({ steps, launch, conversation, outcomes = OUTCOMES }: Play): AgentDriver {
  return {
    agent: 'codex',
    transport: 'exec',
    canAsk: true,
    canResume: 'anywhere',
    programNames: ['play-agent'],
    programVariable: null,
    isLoggedIn: async () => null,
    outcomes,
    launch: async ({ program, listener }) =>
      ok({
        argv: [...program, PROGRAM, JSON.stringify(steps)],
        env: {},
        stdin: { kind: 'pipe' },
        conversation: { onLine: (line) => follow(line, listener), ...conversation?.(listener) },
        ...launch,
      }),
  };
}

function follow(line: string, listener: AgentListener): void {
  const said = Said.parse(JSON.parse(line));
  if (!('do' in said)) listener.signal(said);
  else if (said.do === 'finish') listener.finish();
  else if (said.do === 'ask') void listener.askPermission(request, new AbortController().signal);
  else throw new Error(`told to ${said.do}`);
}

async function play(scene: Play) {
  const given = agentTask(scene.task);
  const profile = agentProfile({ limits: { ...scene.limits }, ...scene.profile });
  const executor = createAgentExecutor({
    host: given.host,
    driver: driverFor(scene),
    profile,
    profileHash: 'hash',
    locate: async () => ok({ program: [process.execPath], version: '1.2.3' }),
  });
  const run = successOf(await executor.start(given.task));
  onTestFinished(async () => {
    run.stop('shutdown');
    await run.ended;
  });
  return { ...given, run };
}

const say = (signal: AgentSignal | { readonly do: string }) => ({ say: signal });
const done = say({ of: 'terminal', word: 'done' });
const isNobodyLeft = ({ mark }: ExecutorTask) => findFamily({ leader: null, mark }, new Set()).members.length === 0;

describe('the run of an agent', () => {
  it('AGENT-13: ends with what the agent told', async () => {
    const answer = say({ of: 'answer', text: 'It is done.' });
    const session = say({ of: 'activity', activity: { kind: 'session', session: 's-1', model: 'm-2' } });
    const { run, told, output } = await play({ steps: [session, answer, done] });
    expect(await run.ended).toMatchObject({
      end: { kind: 'completed' },
      summary: 'It is done.',
      session: 's-1',
      model: 'm-2',
      exitCode: 0,
      signal: null,
      leftoverCount: 0,
      problems: [],
    });
    expect(told).toEqual([{ kind: 'session', session: 's-1', model: 'm-2' }]);
    expect(output.text.split('\n')).toHaveLength(4);
  });

  it('AGENT-3: a doubt is a warning of how it ended', async () => {
    const { run } = await play({ steps: [say({ of: 'doubt', text: 'Was that all?' }), done] });
    expect(await run.ended).toMatchObject({ end: { kind: 'completed' }, doubts: ['Was that all?'], problems: [] });
  });

  it('AGENT-1: understands the last line although it has no end', async () => {
    const { run } = await play({ steps: [{ write: '{"of":"terminal","word":"done"}' }] });
    expect((await run.ended).end).toEqual({ kind: 'completed' });
  });

  it('AGENT-16: gives the program its environment with what the launch adds, and masks what is recorded', async () => {
    const { run } = await play({
      steps: [{ env: 'ADDED' }, done],
      launch: { env: { ADDED: 'by the launch' } },
      profile: { model: 'm-1' },
    });
    expect((await run.ended).summary).toBe('ADDED=by the launch');
    expect(run.invocation).toMatchObject({
      program: process.execPath,
      version: '1.2.3',
      model: 'm-1',
      profile: 'test',
    });
    const secret = await play({ steps: [{ error: 's3cret' }, done] });
    expect(secret.run.invocation?.argv.at(-1)).toContain('[redacted]');
  });

  it('AGENT-17: a program that is not there, a launch that cannot be, a file that is no program: words', async () => {
    const { host, task } = agentTask();
    const parts = { host, driver: driverFor({ steps: [] }), profile: agentProfile(), profileHash: 'hash' };
    const nowhere = createAgentExecutor({ ...parts, locate: async () => err({ summary: 'codex was not found' }) });
    expect(failureOf(await nowhere.start(task))).toEqual({ summary: 'codex was not found' });
    const program = ['/nowhere/codex'] as const;
    const broken = createAgentExecutor({ ...parts, locate: async () => ok({ program, version: null }) });
    expect(failureOf(await broken.start(task)).summary).toContain('/nowhere/codex');
    const refusing = { ...parts.driver, launch: async () => err({ summary: 'not like this' }) };
    const refused = createAgentExecutor({
      ...parts,
      driver: refusing,
      locate: async () => ok({ program, version: null }),
    });
    expect(failureOf(await refused.start(task))).toEqual({ summary: 'not like this' });
  });
});

describe('the end of a run that does not end by itself', () => {
  it('AGENT-9: a stop takes back the question, asks by the protocol, and the agent ends by itself', async () => {
    const { run, asked, task } = await play({
      steps: [say({ do: 'ask' }), { hear: true }, { exit: 7 }],
      conversation: () => {
        let write: (text: string) => void = () => undefined;
        return {
          begin: (input) => {
            write = input.write;
          },
          interrupt: () => write('please end\n'),
        };
      },
    });
    await waitUntil(() => asked.length > 0);
    run.stop('cancel');
    expect(await run.ended).toMatchObject({ end: { kind: 'stopped', reason: 'cancel' }, exitCode: 7, signal: null });
    expect(isNobodyLeft(task)).toBe(true);
  });

  it('AGENT-9: who does not listen and leaves children is ended with them, within three seconds', async () => {
    const { run, told, task } = await play({
      steps: [
        { deaf: true },
        { leave: true },
        say({ of: 'activity', activity: { kind: 'notice', level: 'info', text: 'up' } }),
        { stay: true },
      ],
      conversation: () => ({ interrupt: () => undefined }),
    });
    await waitUntil(() => told.length > 0);
    const startedAt = performance.now();
    run.stop('timeout');
    expect(await run.ended).toMatchObject({ end: { kind: 'stopped', reason: 'timeout' }, signal: 'SIGKILL' });
    expect(performance.now() - startedAt).toBeLessThan(3500);
    expect(isNobodyLeft(task)).toBe(true);
  });

  it('AGENT-10: the first reason counts', async () => {
    const { run } = await play({ steps: [{ stay: true }] });
    run.stop('cancel');
    run.stop('shutdown');
    expect((await run.ended).end).toEqual({ kind: 'stopped', reason: 'cancel' });
  });

  it('AGENT-10: a stop after a watchdog is not why it ended', async () => {
    const request = say({ of: 'model_request', isFruitful: false });
    const { run } = await play({
      steps: [...Array.from({ length: 8 }, () => request), { stay: true }],
      conversation: (listener) => ({
        onLine: (line) => follow(line, listener),
        interrupt: () => run.stop('cancel'),
      }),
    });
    expect((await run.ended).end).toEqual({ kind: 'failed', failureClass: 'request_loop' });
  });

  it('AGENT-8: a stop after the last word of the agent changes nothing about it', async () => {
    const { run, told } = await play({
      steps: [done, say({ of: 'activity', activity: { kind: 'notice', level: 'info', text: 'up' } }), { stay: true }],
    });
    await waitUntil(() => told.length > 0);
    run.stop('cancel');
    expect(await run.ended).toMatchObject({ end: { kind: 'completed' }, signal: 'SIGTERM' });
  });

  it('AGENT-11: a conversation that is over closes the input, and who stays is ended without blame', async () => {
    const polite = await play({ steps: [done, say({ do: 'finish' }), { end: true }, { exit: 0 }] });
    expect(await polite.run.ended).toMatchObject({ end: { kind: 'completed' }, exitCode: 0 });
    const lingering = await play({ steps: [done, say({ do: 'finish' }), { stay: true }] });
    expect(await lingering.run.ended).toMatchObject({ end: { kind: 'completed' }, signal: 'SIGTERM' });
  });

  it('AGENT-11: how one ended whom we ended after its last word is not judged', async () => {
    const { run } = await play({
      steps: [{ deaf: true }, done, say({ do: 'finish' }), { stay: true }],
      outcomes: [
        { rule: 'X-1', when: { exit: 'zero' }, comesTo: 'completed', because: null },
        { rule: 'X-2', when: {}, comesTo: 'command_failed', because: null },
      ],
    });
    expect(await run.ended).toMatchObject({ end: { kind: 'completed' }, signal: 'SIGKILL' });
  });

  it('AGENT-11: a conversation that is over after a stop closes the input too', async () => {
    const { run, told } = await play({
      steps: [
        say({ of: 'activity', activity: { kind: 'notice', level: 'info', text: 'up' } }),
        { deaf: true },
        { end: true },
        { exit: 5 },
      ],
      conversation: (listener) => ({ interrupt: () => listener.finish() }),
    });
    await waitUntil(() => told.length > 0);
    run.stop('cancel');
    expect(await run.ended).toMatchObject({ end: { kind: 'stopped', reason: 'cancel' }, exitCode: 5 });
  });

  it('AGENT-5: silence ends it', async () => {
    const { run, task } = await play({ steps: [{ stay: true }], limits: { idleSeconds: 1 } });
    expect(await run.ended).toMatchObject({ end: { kind: 'failed', failureClass: 'no_progress' } });
    expect(isNobodyLeft(task)).toBe(true);
  });

  it('AGENT-7: so does a flood', async () => {
    const flood = { error: 'x'.repeat(10_000) };
    const { run } = await play({ steps: [flood, { stay: true }], limits: { outputBytes: 9000 } });
    expect(await run.ended).toMatchObject({ end: { kind: 'failed', failureClass: 'output_flood' } });
  });

  it('AGENT-14: so does a driver that throws', async () => {
    const { run } = await play({ steps: [say({ do: 'throw' }), { stay: true }] });
    expect(await run.ended).toMatchObject({
      end: { kind: 'failed', failureClass: 'adapter_failed' },
      summary: 'Codencer could not follow the agent: Error: told to throw',
    });
  });
});
