import { describe, expect, it } from 'vitest';
import { STEP_STATES } from '../../../contract/step-state.ts';
import { stepExit } from '../../../main/cli/state-exits.ts';
import { runCliAt } from '../../support/run-cli.ts';
import { byRoute, type StubAnswer, type StubHandler, startStub } from '../../support/stub-daemon.ts';

const RESULT = 'GET /api/v1/steps/s1/result';
const EVENTS = 'GET /api/v1/events';

const event = (seq: number, type: string, payload: object) => ({
  seq,
  at: `2026-11-21T14:02:0${seq}Z`,
  type,
  actor: 'daemon',
  run_id: 'r1',
  step_id: type.startsWith('run.') ? '' : 's1',
  attempt_id: 's1-a1',
  gate_id: '',
  payload,
});
const moved = (seq: number, from: string, to: string) => event(seq, 'step.state_changed', { from, to, reason: '' });
const PAST = [event(1, 'step.submitted', { title: 'Mend it' }), moved(2, 'pending', 'running')];

const frames = (events: readonly ReturnType<typeof event>[]): StubAnswer => ({
  body: events.map((one) => `data: ${JSON.stringify(one)}\n\n`).join(''),
});

/** One answer after the other, the last one again and again. */
function inTurn(...answers: readonly (StubAnswer | 'hang up')[]): StubHandler {
  let turn = 0;
  return () => answers[Math.min(turn++, answers.length - 1)] ?? {};
}

/** Events that were there, and what those who follow get, connection by connection. */
function eventsOf(past: readonly object[], ...coming: readonly (StubAnswer | 'hang up')[]): StubHandler {
  const follow = inTurn(...coming);
  return (request) => (request.url.includes('format=json') ? { body: past } : follow(request));
}

const results = (...states: readonly string[]): StubHandler =>
  inTurn(...states.map((state) => ({ body: { state, status_reason: `because it is ${state}` } })));

describe('step watch in a pipe (CLI-23)', () => {
  it('is one line for each change, from where it stands on', async () => {
    const coming = [
      event(3, 'attempt.progress', { kind: 'recipe_step', index: 1 }),
      event(4, 'attempt.state_changed', { state: 'validating' }),
      moved(5, 'running', 'validating'),
      event(6, 'validation.ended', { name: 'unit', state: 'passed', duration_ms: 400 }),
      moved(7, 'validating', 'completed'),
    ];
    const stub = await startStub(
      byRoute({ [EVENTS]: eventsOf(PAST, frames(coming)), [RESULT]: results('running', 'completed') }),
    );
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['step', 'watch', 's1']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      'step s1 running: because it is running',
      '2026-11-21T14:02:05Z #5 step s1 running → validating',
      '2026-11-21T14:02:06Z #6 s1-a1: validation unit passed (0.4 s)',
      '2026-11-21T14:02:07Z #7 step s1 validating → completed',
      '',
    ]);
  });

  it('--json is every event as it was sent, one a line', async () => {
    const coming = [event(3, 'attempt.progress', { kind: 'x' }), moved(4, 'running', 'timeout')];
    const stub = await startStub(
      byRoute({ [EVENTS]: eventsOf(PAST, frames(coming)), [RESULT]: results('running', 'timeout') }),
    );
    const { exitCode, stdout } = await runCliAt(stub.url, ['step', 'watch', 's1', '--json']);
    expect(exitCode).toBe(3);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(coming);
  });

  it.each(STEP_STATES.filter((state) => stepExit(state) !== null))(
    'ends at once on %s, as a wait does',
    async (state) => {
      const stub = await startStub(byRoute({ [EVENTS]: eventsOf(PAST), [RESULT]: results(state) }));
      const { exitCode, stdout } = await runCliAt(stub.url, ['step', 'watch', 's1']);
      expect([exitCode, stdout]).toEqual([stepExit(state), `step s1 ${state}: because it is ${state}\n`]);
    },
  );

  it('goes on when the document says otherwise than an event did', async () => {
    const coming = [
      moved(3, 'running', 'failed_validation'),
      moved(4, 'failed_validation', 'pending'),
      moved(5, 'running', 'completed'),
    ];
    const stub = await startStub(
      byRoute({ [EVENTS]: eventsOf(PAST, frames(coming)), [RESULT]: results('running', 'pending', 'completed') }),
    );
    expect((await runCliAt(stub.url, ['step', 'watch', 's1'])).exitCode).toBe(0);
  });

  it('comes back to a daemon that restarted, with its cursor', async () => {
    const away = { status: 503, headers: { 'x-codencer-error': 'starting' }, body: 'starting' };
    const coming = [
      frames([moved(3, 'running', 'validating')]),
      'hang up',
      away,
      frames([moved(3, 'a', 'b'), moved(4, 'validating', 'completed')]),
    ] as const;
    const stub = await startStub(
      byRoute({ [EVENTS]: eventsOf(PAST, ...coming), [RESULT]: results('running', 'completed') }),
    );
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['step', 'watch', 's1']);
    expect(exitCode).toBe(0);
    expect(stdout.match(/#\d/g)).toEqual(['#3', '#4']);
    expect(stderr).toBe('The daemon does not answer; trying again for 10 s...\n');
    const cursors = stub.requests
      .filter(({ url }) => url.includes('/events?') && !url.includes('json'))
      .map(({ url }) => /after=(\d+)/.exec(url)?.[1]);
    expect(cursors).toEqual(['2', '3', '3', '3']);
  });

  it('leaves the work alone on Ctrl-C', async () => {
    const controller = new AbortController();
    const follow: StubHandler = ({ url }) => {
      if (url.includes('format=json')) return { body: PAST };
      controller.abort();
      return new Promise(() => undefined);
    };
    const stub = await startStub(byRoute({ [EVENTS]: follow, [RESULT]: results('running') }));
    const { exitCode, stderr } = await runCliAt(stub.url, ['step', 'watch', 's1'], { signal: controller.signal });
    expect([exitCode, stderr]).toEqual([130, 'Stopped watching; step s1 goes on.\n']);
    expect(stub.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('gives up after --timeout, exit 3', async () => {
    const follow: StubHandler = ({ url }) =>
      url.includes('format=json') ? { body: PAST } : new Promise(() => undefined);
    const stub = await startStub(byRoute({ [EVENTS]: follow, [RESULT]: results('running') }));
    const { exitCode, stderr } = await runCliAt(stub.url, ['step', 'watch', 's1', '--timeout', '60ms']);
    const nextStep = 'It goes on; to watch again: codencer step watch s1\n';
    expect([exitCode, stderr]).toEqual([3, `watch exceeded CLI limit of 60ms\n${nextStep}`]);
  });

  it('of what is not there is a 404, and of a daemon without events says what else there is', async () => {
    const stub = await startStub(byRoute({}));
    expect(await runCliAt(stub.url, ['step', 'watch', 's1'])).toMatchObject({ exitCode: 1, stdout: '' });
    const old = await startStub(byRoute({ [RESULT]: results('running') }));
    const { exitCode, stderr } = await runCliAt(old.url, ['step', 'watch', 's1']);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'watching: this daemon tells no events that could be watched\nIt can be waited for: codencer step wait s1\n',
    );
  });
});

describe('run watch in a pipe (CLI-23)', () => {
  const ended = event(3, 'run.state_changed', { from: 'running', to: 'paused_for_gate', reason: 'a gate' });

  it('begins with the run and the steps that go on', async () => {
    const runs = inTurn({ body: { id: 'r1', state: 'running' } }, { body: { id: 'r1', state: 'paused_for_gate' } });
    const stub = await startStub(byRoute({ [EVENTS]: eventsOf(PAST, frames([ended])), 'GET /api/v1/runs/r1': runs }));
    const { exitCode, stdout } = await runCliAt(stub.url, ['run', 'watch', 'r1']);
    expect(exitCode).toBe(4);
    expect(stdout.split('\n')).toEqual([
      'run r1 running',
      'step s1 running Mend it',
      '2026-11-21T14:02:03Z #3 run r1 running → paused_for_gate: a gate',
      '',
    ]);
    expect(stub.requests.filter(({ url }) => url.includes('/events'))[0]?.url).toContain('run=r1');
  });
});
