import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { STEP_STATES } from '../../../contract/step-state.ts';
import { stepExit } from '../../../main/cli/state-exits.ts';
import { runCli, runCliAt, screenOf } from '../../support/run-cli.ts';
import { byRoute, type StubAnswer, type StubHandler, startStub } from '../../support/stub-daemon.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RESULT = 'GET /api/v1/steps/s1/result';
const WAIT = 'POST /api/v1/steps/s1/wait';
const wait = (end: object): StubAnswer => ({
  body: { step_id: 's1', terminal: false, timed_out: false, gates: [], ...end },
});

/** One answer after the other, the last one again and again. */
function inTurn(...answers: readonly StubAnswer[]): StubHandler {
  let turn = 0;
  return () => answers[Math.min(turn++, answers.length - 1)] ?? {};
}

const stepAt = (state: string, more: object = {}) =>
  byRoute({ [WAIT]: wait({ state, terminal: true }), [RESULT]: { body: { state, summary: 'S', ...more } } });

describe('a wait for a step (CLI-4, CLI-9)', () => {
  it.each(STEP_STATES.filter((state) => stepExit(state) !== null))('ends on %s', async (state) => {
    const stub = await startStub(stepAt(state));
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    expect(exitCode).toBe(stepExit(state));
    expect(JSON.parse(stdout)).toEqual({ state, summary: 'S' });
    expect(stderr).toMatch(/^Waiting for step s1 \(interval: 2s, timeout: 0s\)\.\.\./);
    expect(stderr).toContain(`\n[BRIDGE] Mission Handle s1 reached terminal condition: ${state}\n`);
  });

  it('asks the daemon once and then looks', async () => {
    const stub = await startStub(stepAt('completed'));
    const { stderr } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    expect(stub.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([WAIT, RESULT]);
    expect(JSON.parse(stub.requests[0]?.body ?? '')).toEqual({ timeout_ms: 30_000 });
    expect(stderr).toContain('[DONE] Terminal outcome: completed\nSummary:   S\n');
  });

  it('goes on while the step does, one dot a look', async () => {
    const stub = await startStub(
      byRoute({
        [WAIT]: inTurn(wait({ timed_out: true }), wait({ timed_out: true }), wait({ terminal: true })),
        [RESULT]: inTurn(
          { body: { state: 'pending' } },
          { body: { state: 'a state of tomorrow' } },
          { body: { state: 'timeout' } },
        ),
      }),
    );
    const { exitCode, stderr } = await runCliAt(stub.url, ['step', 'wait', 's1']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('timeout: 0s).....\n');
  });

  it('names the real gate when it stops at one', async () => {
    const stub = await startStub(stepAt('needs_approval', { gates: ['gate-s1-a2'] }));
    const { exitCode, stderr } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('codencer gate approve gate-s1-a2\n');
  });

  it('gives up after --timeout, exit 3', async () => {
    const stub = await startStub(
      byRoute({ [WAIT]: wait({ timed_out: true }), [RESULT]: { body: { state: 'running' } } }),
    );
    const args = ['step', 'wait', 's1', '--timeout', '60ms'];
    const asJson = await runCliAt(stub.url, [...args, '--json']);
    expect(asJson.exitCode).toBe(3);
    const message = 'wait exceeded CLI limit of 60ms';
    expect(JSON.parse(asJson.stdout)).toEqual({ error: 'client_side_timeout', message });
    expect((await runCliAt(stub.url, args)).stderr).toContain(`\n${message}\n`);
    expect(JSON.parse(stub.requests[0]?.body ?? '').timeout_ms).toBeLessThanOrEqual(60);
  });

  it('passes over what is no duration, as inherited scripts rely on, and says so (CLI-31)', async () => {
    const stub = await startStub(stepAt('completed'));
    const args = ['step', 'wait', 's1', '--timeout', 'soon', '--interval', '1s'];
    const { exitCode, stderr } = await runCliAt(stub.url, args);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('--timeout expects a duration such as 30s, 5m or 1h30m, not "soon"; it is passed over\n');
    expect(stderr).toContain('(interval: 1s, timeout: 0s)');
  });

  it.each([
    ['step', 'wait'],
    ['run', 'wait'],
    ['step', 'watch'],
    ['run', 'watch'],
  ])('a person at a terminal is refused a duration that is none: %s %s (CLI-31)', async (group, verb) => {
    const args = [group, verb, 'x1', '--timeout', 'banana'];
    const { exitCode, stdout, stderr } = await runCliAt('http://127.0.0.1:1', args, { screen: screenOf(80) });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'invalid usage: --timeout expects a duration such as 30s, 5m or 1h30m, not "banana"\n' +
        `What it takes: codencer ${group} ${verb} --help\n`,
    );
  });

  it.each(['step', 'run'])(
    'a watch, which no inherited script calls, refuses it everywhere: %s (CLI-31)',
    async (group) => {
      const args = [group, 'watch', 'x1', '--timeout', 'banana', '--json'];
      const { exitCode, stdout } = await runCliAt('http://127.0.0.1:1', args);
      expect([exitCode, JSON.parse(stdout).error]).toEqual([1, 'invalid usage']);
    },
  );

  it.each([404, 405])('looks every interval at a daemon that cannot wait itself (%d)', async (status) => {
    const results = inTurn(
      { body: { state: 'running' } },
      { body: { state: '', summary: '' } },
      { body: { state: 'completed' } },
    );
    const stub = await startStub(byRoute({ [WAIT]: { status }, [RESULT]: (request) => skipEmpty(results(request)) }));
    const { exitCode } = await runCliAt(stub.url, ['step', 'wait', 's1', '--interval', '50ms', '--json']);
    expect(exitCode).toBe(0);
    expect(stub.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('of a step that is not there is a 404', async () => {
    const missing = { status: 404, body: 'step s1 not found\n' };
    const stub = await startStub(byRoute({ [WAIT]: missing, [RESULT]: missing }));
    const { exitCode, stdout } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({ error: 'request_failed', message: 'step s1 not found', status: 404 });
  });

  it.each([
    [{ state: 'completed', artifacts: { a: {} } }, 'artifacts: expected an object of strings'],
    [
      { state: 'completed', validations: [{ updated_at: 1, duration_ms: 1.5 }] },
      'validations[0].duration_ms: expected an integer',
    ],
    [{ state: 'completed', created_at: '' }, 'created_at: expected an RFC 3339 time'],
    [{}, 'state: missing'],
  ])('does not take %j for a result', async (body, message) => {
    const stub = await startStub(byRoute({ [WAIT]: wait({ terminal: true }), [RESULT]: { body } }));
    const { exitCode, stdout } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([5, { error: 'parsing response', message }]);
  });

  it.each([
    { state: 'completed', created_at: null },
    { state: 'completed', extra: { big: [1] } },
    { state: 'completed', created_at: '2026-11-20T06:37:14.170242854Z', artifacts: { a: '/a' } },
  ])('takes %j for a result', async (body) => {
    const stub = await startStub(byRoute({ [WAIT]: wait({ terminal: true }), [RESULT]: { body } }));
    const { exitCode, stdout } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, body]);
  });

  it.each([500, 507])('ends with 5 on a fault of the daemon (%d)', async (status) => {
    const stub = await startStub(byRoute({ [WAIT]: { status, body: 'broken' } }));
    const { exitCode, stdout } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([5, { error: 'request_failed', message: 'broken', status }]);
  });
});

const skipEmpty = async (answer: ReturnType<StubHandler>) => {
  const given = await answer;
  return given !== 'hang up' && JSON.stringify(given.body).includes('""') ? { body: { state: 'pending' } } : given;
};

describe('Ctrl-C in a wait (CLI-11)', () => {
  it.each([[['step', 'wait', 's1']], [['step', 'wait', 's1', '--json']]])(
    '%j exits 130 and says that the work goes on',
    async (args) => {
      const controller = new AbortController();
      const stub = await startStub(
        byRoute({
          [WAIT]: () => {
            controller.abort();
            return new Promise(() => undefined);
          },
        }),
      );
      const { exitCode, stderr } = await runCliAt(stub.url, args, { signal: controller.signal });
      expect(exitCode).toBe(130);
      expect(stderr).toContain('Stopped waiting; step s1 goes on.\n');
      expect(stub.requests.every(({ url }) => url.endsWith('/wait'))).toBe(true);
    },
  );
});

describe('a daemon that goes away in a wait (CLI-10)', () => {
  it('is looked for again, and the wait goes on', async () => {
    let back: Promise<unknown> = Promise.resolve();
    const stub = await startStub(
      byRoute({
        [WAIT]: () => {
          back = stub.close().then(() => startStub(stepAt('completed'), stub.port));
          return 'hang up';
        },
      }),
    );
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['step', 'wait', 's1', '--json']);
    await back;
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, { state: 'completed', summary: 'S' }]);
    expect(stderr).toContain('The daemon does not answer; trying again for 10 s...');
  });

  it('that says it is stopping is looked for again, too', async () => {
    const stopping = { status: 503, headers: { 'x-codencer-error': 'shutting_down' }, body: 'stopping' };
    const stub = await startStub(
      byRoute({ [WAIT]: inTurn(stopping, wait({ terminal: true })), [RESULT]: { body: { state: 'completed' } } }),
    );
    expect((await runCliAt(stub.url, ['step', 'wait', 's1', '--json'])).exitCode).toBe(0);
  });

  it('that was never there ends the wait at once', async () => {
    const { exitCode, stderr } = await runCliAt('http://127.0.0.1:1', ['step', 'wait', 's1']);
    expect(exitCode).toBe(5);
    expect(stderr).not.toContain('trying again');
  });
});

describe('submit --wait', () => {
  const SUBMIT = 'POST /api/v1/runs/r/steps';

  it('prints the result alone as JSON, the step and the result for people', async () => {
    const stub = await startStub(
      byRoute({
        [SUBMIT]: { status: 202, body: { id: 's1' } },
        [WAIT]: wait({ terminal: true }),
        [RESULT]: { body: { state: 'failed_validation' } },
      }),
    );
    const asJson = await runCliAt(stub.url, ['submit', 'r', '--goal', 'g', '--wait', '--json']);
    expect([asJson.exitCode, JSON.parse(asJson.stdout)]).toEqual([2, { state: 'failed_validation' }]);
    expect(asJson.stderr).toMatch(/^==> Auto-waiting for Step s1\.\.\.\nWaiting for step s1 /);
    const forPeople = await runCliAt(stub.url, ['submit', 'r', '--goal', 'g', '--wait']);
    expect(forPeople.stdout).toBe('{\n  "id": "s1"\n}\n{\n  "state": "failed_validation"\n}\n');
  });

  it.each(['', '{}', '{"id":""}', 'no json'])(
    'does not wait for a step that the answer %j does not name',
    async (body) => {
      const stub = await startStub(byRoute({ [SUBMIT]: { status: 202, body } }));
      const { exitCode, stdout } = await runCliAt(stub.url, ['submit', 'r', '--goal', 'g', '--wait', '--json']);
      expect([exitCode, JSON.parse(stdout).error]).toEqual([5, 'parsing response']);
    },
  );
});

describe('a wait for a run (CLI-4, CLI-9)', () => {
  const RUN_WAIT = 'POST /api/v1/runs/r/wait';
  const RUN = 'GET /api/v1/runs/r';

  it.each([
    ['completed', 0],
    ['failed', 2],
    ['cancelled', 4],
    ['paused_for_gate', 4],
  ])('ends on %s with %d', async (state, exit) => {
    const stub = await startStub(
      byRoute({ [RUN_WAIT]: wait({ terminal: true }), [RUN]: { body: { id: 'r', state } } }),
    );
    for (const args of [
      ['run', 'wait', 'r', '--json'],
      ['run', 'wait', 'r'],
    ]) {
      const { exitCode, stdout, stderr } = await runCliAt(stub.url, args);
      expect([exitCode, JSON.parse(stdout)]).toEqual([exit, { id: 'r', state }]);
      expect(stderr).toBe(
        `Waiting for run r (interval: 2s, timeout: 0s)...\nTerminal/Intervention condition reached for Run r: ${state}\n`,
      );
    }
  });

  it('goes on past an open gate while other steps run, and says so once', async () => {
    const gates = ['gate-s1-a1'];
    const stub = await startStub(
      byRoute({
        [RUN_WAIT]: inTurn(wait({ gates }), wait({ gates }), wait({ gates })),
        [RUN]: inTurn(
          { body: { id: 'r', state: 'running' } },
          { body: { id: 'r', state: 'running' } },
          { body: { id: 'r', state: 'paused_for_gate' } },
        ),
      }),
    );
    const { exitCode, stderr } = await runCliAt(stub.url, ['run', 'wait', 'r', '--interval', '50ms']);
    expect(exitCode).toBe(4);
    expect(stderr.match(/gate show gate-s1-a1/g)).toHaveLength(1);
  });

  it('says in a pipe what the run goes on with, and what it ends by, each once (CLI-32)', async () => {
    const step = { id: 's1', run_id: 'r', title: 'T' };
    const stub = await startStub(
      byRoute({
        [RUN_WAIT]: inTurn(wait({ timed_out: true })),
        [RUN]: inTurn(
          ...['running', 'running', 'running', 'running', 'completed'].map((state) => ({ body: { id: 'r', state } })),
        ),
        'GET /api/v1/runs/r/steps': inTurn(
          ...['running', 'running', 'completed'].map((state) => ({ body: [{ ...step, state }] })),
        ),
      }),
    );
    const { exitCode, stderr } = await runCliAt(stub.url, ['run', 'wait', 'r', '--json']);
    expect(exitCode).toBe(0);
    expect(stderr.split('\n').filter((line) => /goes on with|left to do/.test(line))).toEqual([
      'It goes on with s1 (running)',
      'Nothing is left to do in run r; it stays open until: codencer run complete r',
    ]);
    const questions = stub.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
    expect(questions.slice(0, 2)).toEqual([{ timeout_ms: 1000 }, { timeout_ms: 30_000 }]);
  });
});

describe('a target in the folder (CLI-10)', () => {
  it('is found anew when the daemon comes back on another port', async () => {
    const cwd = temporaryFolder();
    const point = (url: string) => {
      mkdirSync(`${cwd}/.codencer`, { recursive: true });
      writeFileSync(`${cwd}/.codencer/instance.json`, JSON.stringify({ base_url: url, pid: process.pid }));
    };
    const second = await startStub(stepAt('completed'));
    const first = await startStub(
      byRoute({
        [WAIT]: async () => {
          point(second.url);
          return 'hang up' as const;
        },
      }),
    );
    point(first.url);
    expect((await runCli(['step', 'wait', 's1', '--json'], { cwd })).exitCode).toBe(0);
  });
});
