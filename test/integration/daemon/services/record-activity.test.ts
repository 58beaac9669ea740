import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../contract/activity.ts';
import { AttemptId } from '../../../../contract/ids.ts';
import { ok } from '../../../../contract/result.ts';
import { decodeActivityLine } from '../../../../contract/wire/activity.ts';
import { decideGate } from '../../../../main/daemon/services/decide-gate.ts';
import type { EvidenceLog } from '../../../../main/daemon/services/ports/evidence.ts';
import { createAskingExecutor } from '../../../support/asking-executor.ts';
import { createSpeakingAgent, type Script, says, saysDone } from '../../../support/speaking-agent.ts';
import { successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  settled,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

async function open(script: Script): Promise<TestServices> {
  const services = await openTestServices();
  openRun(services);
  const agent = createSpeakingAgent(services.host, { script: () => script });
  replaceIn(services, 'executors', () => ({ find: () => agent, whyUnavailable: async () => null }));
  return services;
}

async function run(script: Script, prepare: (services: TestServices) => void = () => undefined) {
  const services = await open(script);
  prepare(services);
  const { id } = successOf(await submit(services, taskOf({ adapterProfile: 'codex', goal: 'Say it' })));
  services.dispatcher.start();
  const step = await settled(services, id);
  await expect.poll(() => services.context.live.size).toBe(0);
  const attempt = services.store.attempts.newestOfStep(id);
  if (attempt === null) throw new Error('there is no attempt');
  const artifacts = new Map(services.store.artifacts.listOfAttempt(attempt.id).map((one) => [one.name, one]));
  const path = artifacts.get('activity.jsonl')?.path;
  const lines = path === undefined ? [] : readFileSync(path, 'utf8').trimEnd().split('\n');
  const activity = lines.map((line) => successOf(decodeActivityLine(line)).activity);
  const events = services.store.events
    .read({ after: 0, limit: 5000 })
    .filter(({ type }) => type === 'attempt.progress')
    .map(({ payload }) => payload);
  return { services, step, attempt, artifacts, activity, events };
}

/** A letter that may begin a secret comes with the next piece: where pieces end is nobody's promise. */
function joined(activities: readonly Activity[]): readonly Activity[] {
  const whole: Activity[] = [];
  for (const activity of activities) {
    const last = whole.at(-1);
    const goesOn = activity.kind === 'message' && last?.kind === 'message';
    if (goesOn) whole[whole.length - 1] = { ...last, text: last.text + activity.text };
    else whole.push(activity);
  }
  return whole;
}

const tool = (callId: string, more: object = {}): Activity => ({
  kind: 'tool_call',
  callId,
  status: 'running',
  ...more,
});
const usage = { inputTokens: 9, cachedInputTokens: 0, outputTokens: 3, costUsd: 0.5, basis: 'reported' } as const;

describe('what an agent does', () => {
  it('ACT-1, ACT-5, ACT-6, ACT-8: is kept line by line beside what it was told', async () => {
    const said: readonly Activity[] = [
      { kind: 'session', session: 'abc' },
      { kind: 'message', text: 'Hel', isDelta: true },
      { kind: 'message', text: 'lo', isDelta: true },
      tool('c', { name: 'Bash', title: 'ls' }),
      { kind: 'tool_call', callId: 'c', status: 'completed', exitCode: 0 },
      { kind: 'usage', usage },
    ];
    const { step, attempt, artifacts, activity, events } = await run([...said.map(says), saysDone]);
    expect(step.state).toBe('completed');
    expect(attempt).toMatchObject({ executorSession: 'abc', usage });
    expect(joined(activity)).toEqual(joined(said));
    expect(artifacts.get('activity.jsonl')).toMatchObject({ mediaType: 'application/x-ndjson; charset=utf-8' });
    expect(artifacts.has('activity.jsonl.idx')).toBe(false);
    expect(readFileSync(artifacts.get('prompt.txt')?.path ?? '', 'utf8')).toBe('Goal\nSay it');
    const story = readFileSync(artifacts.get('transcript.md')?.path ?? '', 'utf8');
    expect(story).toMatch(/Goal\nSay it[\s\S]*\n> Hello\n[\s\S]*### Tool ` Bash `: completed, exit 0\n/);
    expect(events.map(({ kind }) => kind)).toEqual(['session', 'tool_begun', 'tool_ended', 'usage']);
    expect(JSON.stringify(events)).not.toContain('Hel');
  });

  it('ACT-8, ACT-10: the transcript says who allowed what, and names files as the worktree does', async () => {
    const services = await openTestServices();
    openRun(services);
    const { executor, next } = createAskingExecutor();
    const agent = { ...executor, agent: { canResume: false } } as const;
    replaceIn(services, 'executors', () => ({ find: () => agent, whyUnavailable: async () => null }));
    const { id } = successOf(await submit(services, taskOf({ adapterProfile: 'claude' })));
    services.dispatcher.start();
    const { task, ask, end } = await next();
    const file = join(task.worktreePath, 'a.ts');
    const asked = { tool: 'Edit', toolKind: 'edit', command: null, title: file } as const;
    const answer = ask({ ...asked, paths: [file] });
    await expect.poll(() => services.store.gates.pendingOfStep(id)).toHaveLength(1);
    const [gate] = services.store.gates.pendingOfStep(id);
    if (gate === undefined) throw new Error('there is no gate');
    expect(gate.prompt).toBe('Claude asks to change: a.ts');
    const decision = {
      action: 'approve',
      actor: 'operator',
      reason: 'looks fine',
      digest: gate.subjectDigest,
    } as const;
    successOf(decideGate(services.context, { gateId: gate.id, ...decision }));
    await answer;
    task.onActivity(tool('c', { name: 'Edit', title: file, input: file }));
    end();
    await settled(services, id);
    await expect.poll(() => services.context.live.size).toBe(0);
    const attemptId = AttemptId.parse(task.attemptId);
    const kept = services.store.artifacts.listOfAttempt(attemptId);
    const read = (name: string) => readFileSync(kept.find((one) => one.name === name)?.path ?? '', 'utf8');
    expect(read('transcript.md')).toContain(
      '### Asked: ` Edit: a.ts `\n\nAnswer: ` allowed once by operator: looks fine `',
    );
    const line = successOf(decodeActivityLine(read('activity.jsonl').trimEnd()));
    expect(line.activity).toMatchObject({ title: 'a.ts', input: file });
  });

  it('ACT-1: of an agent that does nothing there is no file', async () => {
    const { attempt, artifacts, services } = await run([saysDone]);
    expect(attempt.state).toBe('completed');
    expect([...artifacts.keys()].filter((name) => /activity|transcript/.test(name))).toEqual([]);
    const path = services.context.evidence.logPath({ ...attempt, attemptId: attempt.id }, 'activity.jsonl');
    expect(existsSync(path)).toBe(false);
  });

  it('ACT-2: a secret between two pieces is not in the file', async () => {
    process.env['LIVE_TEST_API_KEY'] = 'sk-live-aaaabbbbccccdddd';
    try {
      const { activity } = await run([
        says({ kind: 'message', text: 'it is sk-live-aaaab', isDelta: true }),
        says({ kind: 'message', text: 'bbbccccdddd.', isDelta: true }),
        saysDone,
      ]);
      expect(activity.map((one) => (one.kind === 'message' ? one.text : '')).join('')).toBe('it is [redacted].');
    } finally {
      delete process.env['LIVE_TEST_API_KEY'];
    }
  });

  it('AGENT-13: a secret in an error or a question is in no record of the attempt', async () => {
    const secret = 'sk-live-aaaabbbbccccdddd';
    process.env['LIVE_TEST_API_KEY'] = secret;
    try {
      const { step, attempt } = await run([
        { say: { of: 'question', text: `May I use ${secret}?` } },
        { say: { of: 'error', kind: 'model', text: `The service does not take ${secret}` } },
      ]);
      expect(attempt.summary).toBe('The service does not take [redacted]');
      expect(JSON.stringify([step, attempt])).not.toContain(secret);
    } finally {
      delete process.env['LIVE_TEST_API_KEY'];
    }
  });

  it('RED-15: a key that no variable of ours holds is in no sentence of the record', async () => {
    const key = `ghp_${'aB3'.repeat(12)}`;
    const { services, step, attempt } = await run([
      says({ kind: 'notice', level: 'warning', text: `Bad credentials: ${key}` }),
      { say: { of: 'question', text: `May I use ${key}?` } },
      { say: { of: 'error', kind: 'auth', text: `The service does not take ${key}` } },
    ]);
    expect(attempt).toMatchObject({
      summary: 'The service does not take [redacted]',
      questions: ['May I use [redacted]?'],
    });
    const events = services.store.events.read({ after: 0, limit: 1000 });
    expect(JSON.stringify([step, attempt, events])).not.toContain(key);
  });

  it('AGENT-16: the model that the agent names is recorded beside the one that was asked for', async () => {
    const { attempt } = await run([says({ kind: 'session', session: 's', model: 'another' }), saysDone]);
    expect(attempt.invocation).toMatchObject({ model: null, reportedModel: 'another' });
    const silent = await run([says({ kind: 'session', session: 's' }), saysDone]);
    expect(silent.attempt.invocation).toMatchObject({ model: null, reportedModel: null });
  });

  it('AGENT-3: a doubt is a warning of what completed', async () => {
    const { step, attempt } = await run([{ say: { of: 'doubt', text: 'Was that all?' } }, saysDone]);
    expect([step.state, attempt.warnings]).toEqual(['completed_with_warnings', ['Was that all?']]);
  });

  it('ACT-4: a talkative agent gets few events, and the last one says how many are missing', async () => {
    const calls = Array.from({ length: 300 }, (_, index) => says(tool(`c${index}`)));
    const { activity, events } = await run([...calls, saysDone]);
    expect(activity).toHaveLength(300);
    expect(events.length).toBeLessThan(60);
    expect(events.at(-1)).toEqual({ kind: 'usage', dropped: 300 - (events.length - 1) });
  });

  it('ACT-9: an agent that says more than the disk takes waits for it', async () => {
    const disk = createSlowDisk();
    const message: Activity = { kind: 'message', text: 'x'.repeat(1000), isDelta: false };
    const { activity } = await run([{ flood: [3000, { of: 'activity', activity: message }] }, saysDone], (services) =>
      replaceIn(services, 'evidence', (before) => ({
        openClean: async (place, name) => {
          const log = await before.openClean(place, name);
          return log.ok && name === 'activity.jsonl' ? ok(disk.under(log.value)) : log;
        },
      })),
    );
    expect(activity).toHaveLength(3000);
    expect(disk.mostHeldBytes()).toBeLessThan(150_000);
  });
});

const TURNS = 200;

/** Says how much comes while it is busy. */
function createSlowDisk() {
  let heldBytes = 0;
  let mostHeldBytes = 0;
  let busy: Promise<void> | null = null;
  const workOff = async () => {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    heldBytes = 0;
    busy = null;
  };
  const under = (log: EvidenceLog): EvidenceLog => ({
    close: () => log.close(),
    write(chunk) {
      void log.write(chunk);
      heldBytes += chunk.length;
      mostHeldBytes = Math.max(mostHeldBytes, heldBytes);
      busy ??= workOff();
      return busy;
    },
  });
  return { under, mostHeldBytes: () => mostHeldBytes };
}
