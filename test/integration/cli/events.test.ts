import { describe, expect, it } from 'vitest';
import { runCliAt } from '../../support/run-cli.ts';
import { type StubAnswer, type StubRequest, startStub } from '../../support/stub-daemon.ts';

const eventOf = (seq: number) => ({
  seq,
  at: '2026-11-21T14:02:07Z',
  type: 'step.state_changed',
  actor: 'daemon',
  run_id: 'r1',
  step_id: `s${seq}`,
  payload: { from: 'pending', to: 'running' },
});
const frame = (seq: number): string => `id: ${seq}\nevent: x\ndata: ${JSON.stringify(eventOf(seq))}\n\n`;
const numbersIn = (stdout: string): readonly number[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => Number(/#(\d+)/.exec(line)?.[1] ?? JSON.parse(line).seq));

/** A log of `count` events; `stream` answers those who follow. */
function logOf(count: number, stream: (request: StubRequest, after: number) => StubAnswer | 'hang up' = () => ({})) {
  return (request: StubRequest): StubAnswer | 'hang up' => {
    const query = new URL(request.url, 'http://x').searchParams;
    const after = Number(query.get('after'));
    if (query.get('format') !== 'json') return stream(request, after);
    const limit = Number(query.get('limit') ?? 1000);
    const last = Math.min(count, after + limit);
    const body = Array.from({ length: Math.max(0, last - after) }, (_, index) => eventOf(after + index + 1));
    const isPage = body.length === limit;
    return isPage ? { body, headers: { link: `</api/v1/events?after=${last}>; rel="next"` } } : { body };
  };
}

describe('events (CLI-22)', () => {
  it.each([0, 1, 5, 20, 21, 1023, 1024, 1025, 4711, 100_000])(
    'of a log of %d begin with the last 20',
    async (count) => {
      const stub = await startStub(logOf(count));
      const { exitCode, stdout } = await runCliAt(stub.url, ['events']);
      const expected = Array.from(
        { length: Math.min(20, count) },
        (_, index) => count - Math.min(20, count) + index + 1,
      );
      expect([exitCode, stdout === '' ? [] : numbersIn(stdout)]).toEqual([0, expected]);
      expect(stub.requests.length).toBeLessThan(35);
    },
  );

  it('go through all pages after a number, as lines of JSON, too', async () => {
    const stub = await startStub(logOf(2500));
    const { stdout } = await runCliAt(stub.url, ['events', '--after', '10', '--json']);
    expect(numbersIn(stdout)).toEqual(Array.from({ length: 2490 }, (_, index) => index + 11));
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toEqual(eventOf(11));
  });

  it('of one run or step are asked for by its id', async () => {
    const stub = await startStub(logOf(30));
    const { stdout } = await runCliAt(stub.url, ['events', '--run', 'r1', '--step', 's1', '--last', '3']);
    expect(numbersIn(stdout)).toEqual([28, 29, 30]);
    expect(stub.requests.every(({ url }) => url.includes('run=r1&step=s1'))).toBe(true);
  });

  it.each([
    [['--last', 'x'], '--last expects a whole number, not "x"'],
    [['--last', '1', '--after', '1'], '--last and --after exclude each other'],
  ])('refuse %j', async (args, message) => {
    const { exitCode, stderr } = await runCliAt('http://127.0.0.1:1', ['events', ...args]);
    expect([exitCode, stderr]).toEqual([1, `invalid usage: ${message}\nWhat it takes: codencer events --help\n`]);
  });
});

describe('events --follow (CLI-22)', () => {
  it('goes on behind what was there, comes back with its cursor, and ends quietly on Ctrl-C', async () => {
    const controller = new AbortController();
    const asked: number[] = [];
    const stub = await startStub(
      logOf(3, ({ headers }, after) => {
        asked.push(after);
        expect(headers.accept).toBe('text/event-stream');
        if (after === 3) return { body: `: hello\n\n${frame(4)}${frame(5)}` };
        if (after === 5) return { body: `${frame(5)}${frame(6)}data: half` };
        controller.abort();
        return 'hang up';
      }),
    );
    const args = ['events', '--after', '1', '--follow'];
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, args, { signal: controller.signal });
    expect(numbersIn(stdout)).toEqual([2, 3, 4, 5, 6]);
    expect(asked).toEqual([3, 5, 6]);
    expect([exitCode, stderr]).toEqual([130, '']);
  });

  it('looks again for a daemon that went away or is about to stop or start', async () => {
    const controller = new AbortController();
    const refusals = ['shutting_down', 'starting'];
    const stub = await startStub(
      logOf(0, () => {
        const code = refusals.shift();
        if (code !== undefined) return { status: 503, headers: { 'x-codencer-error': code }, body: code };
        controller.abort();
        return 'hang up';
      }),
    );
    const { exitCode, stderr } = await runCliAt(stub.url, ['events', '--follow', '--json'], {
      signal: controller.signal,
    });
    expect([exitCode, refusals]).toEqual([130, []]);
    expect(stderr).toContain('The daemon does not answer; trying again for 10 s...');
  });

  it('tells a failure on one line of JSON', async () => {
    const stub = await startStub(logOf(0, () => ({ status: 500, body: 'broken' })));
    const { exitCode, stdout } = await runCliAt(stub.url, ['events', '--follow', '--json']);
    expect([exitCode, stdout]).toEqual([5, '{"error":"request_failed","message":"broken","status":500}\n']);
  });
});
