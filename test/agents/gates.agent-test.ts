import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNothingLeft } from './expect-nothing-left.ts';
import { expectWaiting } from './expect-waiting.ts';
import { isWholeMatrix } from './extent.ts';
import { markedProcesses } from './marked-processes.ts';
import { CONTENT, playing } from './playing.ts';
import type { Play } from './profiles.ts';
import { openStage, type Stage } from './stage.ts';
import { isAvailable, TRANSPORTS } from './transports.ts';

/** Quick ones, or with `--all` everybody who asks. */
const NAMES = isWholeMatrix() ? TRANSPORTS.map(({ name }) => name) : ['claude', 'codex-app-server'];

const PLAYS: readonly Play[] = TRANSPORTS.flatMap((transport) => {
  const { asking, name } = transport;
  return NAMES.includes(name) && isAvailable(asking) ? [{ name, transport, way: asking }] : [];
});

const RUN = 'gates';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage(PLAYS);
  await stage.client.startRun(RUN);
});
afterAll(() => stage.close());

/** Each of the agents with a task, waiting at its gate. */
async function askAll() {
  const begun = await Promise.all(PLAYS.map((play) => playing(stage, { runId: RUN, play })));
  return Promise.all(begun.map(async (one) => ({ one, gate: await one.asked() })));
}

describe('questions of several agents at once', () => {
  it('are answered from the command line, each once', async () => {
    const asked = await askAll();
    const listed = (await stage.cli('gate', 'list', '--state', 'pending')).stdout;
    for (const { one, gate } of asked) {
      await expectWaiting(one, gate);
      expect(listed).toContain(gate.id);
    }
    const [first, ...others] = asked;
    for (const { gate } of asked) {
      const words = gate === first?.gate ? ['reject', gate.id, '--reason', 'not today'] : ['approve', gate.id];
      expect((await stage.cli('gate', ...words)).exitCode).toBe(0);
      const again = await stage.cli('gate', 'approve', gate.id);
      expect([again.exitCode, again.stderr]).toEqual([5, expect.stringContaining('already resolved')]);
      const body = { action: 'reject', digest: gate.subject_digest };
      expect((await stage.request('POST', `/api/v1/gates/${gate.id}`, body)).status).toBe(409);
    }
    expect(await first?.one.settled()).toMatchObject({ state: 'failed_terminal', failure_class: 'permission_denied' });
    for (const { one } of others) {
      const result = await one.settled();
      expect(result).toMatchObject({ state: 'completed', files_changed: ['hello.txt'] });
      expect(one.kept(result)).toBe(CONTENT);
    }
    for (const { one } of asked) expectNothingLeft(one);
  });

  it.each([
    ['ended', () => stage.down()],
    ['killed', () => stage.killDaemon()],
  ])('are withdrawn when the daemon is %s, and asked again by who goes on', async (_word, end) => {
    const asked = await askAll();
    await end();
    await stage.up();
    for (const { one, gate } of asked) {
      expect((await one.gates()).map(({ id, state }) => [id, state])).toEqual([[gate.id, 'withdrawn']]);
      expect(await one.attempts()).toMatchObject([{ state: 'failed_bridge', failure_class: 'interrupted' }]);
      expect(await stage.client.step(one.stepId)).toMatchObject({ state: 'failed_bridge' });
      expect(markedProcesses(one.folder)).toEqual([]);
      const late = await stage.cli('gate', 'approve', gate.id);
      expect(late.exitCode).toBe(5);
      const retried = await stage.cli('step', 'retry', one.stepId, '--resume-session');
      expect([retried.exitCode, retried.stderr]).toEqual([0, '']);
    }
    for (const { one, gate } of asked) {
      const anew = await one.asked();
      expect(anew.id).not.toBe(gate.id);
      expect((await stage.cli('gate', 'approve', anew.id)).exitCode).toBe(0);
      const result = await one.settled();
      expect(result).toMatchObject({ state: 'completed', files_changed: ['hello.txt'] });
      expect(one.kept(result)).toBe(CONTENT);
      const [before, after] = await one.attempts();
      expect(after?.executor_session).toBe(before?.executor_session);
      expectNothingLeft(one);
    }
  });
});
