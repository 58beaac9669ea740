import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../support/wait-until.ts';
import { expectNothingLeft } from './expect-nothing-left.ts';
import { expectTraces, expectUsage } from './expect-traces.ts';
import { expectWaiting } from './expect-waiting.ts';
import { outsideLookups } from './lookup-recorder.ts';
import { markedProcesses } from './marked-processes.ts';
import { CONTENT, playing } from './playing.ts';
import type { Play } from './profiles.ts';
import { openStage, type Stage } from './stage.ts';
import { isAvailable, type NotAvailable, TRANSPORTS, type Transport, type Way } from './transports.ts';

/** The small matrix: every transport with each of these, by the vendors' own programs. */
const CELLS: Readonly<Record<string, (transport: Transport) => Way | NotAvailable>> = {
  edit: ({ free }) => ({ ...free, scenario: 'write' }),
  allowed: ({ asking }) => asking,
  refused: ({ asking }) => asking,
  denied: ({ denied }) => denied,
  cancelled: ({ free }) => ({ ...free, scenario: 'long-shell' }),
  'http-400': ({ free }) => ({ ...free, scenario: 'http-400' }),
};

const playsOf = (cell: string): readonly Play[] =>
  TRANSPORTS.flatMap((transport) => {
    const way = CELLS[cell]?.(transport);
    return way !== undefined && isAvailable(way) ? [{ name: `${transport.name}.${cell}`, transport, way }] : [];
  });

const RUN = 'matrix';
let stage: Stage;
beforeAll(async () => {
  stage = await openStage(Object.keys(CELLS).flatMap(playsOf));
  await stage.client.startRun(RUN);
});
afterAll(() => stage.close());

const begin = (play: Play) => playing(stage, { runId: RUN, play });

describe.concurrent('an agent under the daemon', () => {
  it.for(playsOf('edit'))('$name: its edit is in its worktree alone, and kept', async (play) => {
    const one = await begin(play);
    const result = await one.settled();
    expect(result).toMatchObject({
      state: 'completed',
      failure_class: null,
      summary: 'Done: hello.txt is written.',
      files_changed: ['hello.txt'],
      is_simulation: false,
    });
    // A bridge may end before the agent behind it does.
    for (const warning of result.warnings ?? []) expect(warning).toMatch(/^ended .* left behind$/);
    expect(one.kept(result)).toBe(CONTENT);
    expectUsage(one, result);
    await expectTraces(one, result);
    expectNothingLeft(one);
  });

  it.for(playsOf('allowed'))('$name: asks, and does what it may', async (play) => {
    const one = await begin(play);
    const gate = await one.asked();
    await expectWaiting(one, gate);
    const { exitCode, stdout } = await stage.cli('gate', 'approve', gate.id, '--digest', gate.subject_digest);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(gate.id)]);
    const result = await one.settled();
    expect(result).toMatchObject({ state: 'completed', failure_class: null, files_changed: ['hello.txt'] });
    expect(one.kept(result)).toBe(CONTENT);
    expectNothingLeft(one);
  });

  it.for(playsOf('refused'))('$name: asks, and does not what it may not', async (play) => {
    const one = await begin(play);
    const gate = await one.asked();
    expect((await stage.cli('gate', 'reject', gate.id, '--reason', 'not today')).exitCode).toBe(0);
    const result = await one.settled();
    expect(result).toMatchObject({ state: 'failed_terminal', failure_class: 'permission_denied', files_changed: null });
    expectNothingLeft(one);
  });

  it.for(playsOf('denied'))('$name: cannot ask, and does not what it may not', async (play) => {
    const one = await begin(play);
    const result = await one.settled();
    expect(result).toMatchObject({ state: 'failed_terminal', failure_class: 'permission_denied', files_changed: null });
    expectNothingLeft(one);
  });

  it.for(playsOf('cancelled'))('$name: is cancelled in a tool, and nobody is alive', async (play) => {
    const one = await begin(play);
    await waitUntil(async () => existsSync(join(await one.worktree(), 'hello.txt')));
    const startedAt = performance.now();
    const cancelled = await stage.request('POST', `/api/v1/steps/${one.stepId}/cancel`, { reason: 'enough' });
    expect(markedProcesses(one.folder)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(cancelled.status).toBe(200);
    const result = await one.settled();
    expect(result).toMatchObject({ state: 'cancelled', failure_class: 'cancelled' });
    expect(one.kept(result)).toBe('started\n');
    expectNothingLeft(one);
  });

  it.for(playsOf('http-400'))('$name: says what the service answered', async (play) => {
    const one = await begin(play);
    const result = await one.settled();
    expect(result).toMatchObject({ failure_class: play.transport.onHttp400, files_changed: null });
    expect(result.summary).toContain('The scripted model answers 400');
    expectNothingLeft(one);
  });
});

it('nobody looked up an outside name', () => {
  expect(outsideLookups()).toEqual([]);
});
