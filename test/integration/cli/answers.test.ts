import { describe, expect, it } from 'vitest';
import { runCliAt, screenOf } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';

const RUN = {
  id: 'day0',
  project_id: 'p',
  state: 'running',
  created_at: '2026-11-20T06:37:08.020673891Z',
  Phases: null,
};
const STEP = { id: 's1', phase_id: 'phase-execution-day0', title: 'T', goal: 'a <b> & c', state: 'completed' };

describe('documents (CLI-1)', () => {
  it.each([
    [['run', 'state', 'day0'], 'GET /api/v1/runs/day0', RUN],
    [['run', 'status', 'day0'], 'GET /api/v1/runs/day0', RUN],
    [['run', 'list'], 'GET /api/v1/runs', [RUN]],
    [['run', 'list'], 'GET /api/v1/runs', null],
    [['run', 'start', 'day0'], 'POST /api/v1/runs', RUN],
    [['run', 'complete', 'day0'], 'POST /api/v1/runs/day0/complete', RUN],
    [['step', 'list', 'day0'], 'GET /api/v1/runs/day0/steps', [STEP]],
    [['step', 'state', 's1'], 'GET /api/v1/steps/s1', STEP],
    [['step', 'result', 's1'], 'GET /api/v1/steps/s1/result', { state: 'completed', more: { of: 'it' } }],
    [['step', 'artifacts', 's1'], 'GET /api/v1/steps/s1/artifacts', null],
    [['step', 'validations', 's1'], 'GET /api/v1/steps/s1/validations', {}],
    [['gate', 'list'], 'GET /api/v1/gates', []],
    [['gate', 'show', 'g1'], 'GET /api/v1/gates/g1', { id: 'g1' }],
    [['salvage', 'list'], 'GET /api/v1/salvage', []],
    [['salvage', 'show', 'a1'], 'GET /api/v1/salvage/a1', { attempt_id: 'a1' }],
    [['submit', 'day0', '--goal', 'g'], 'POST /api/v1/runs/day0/steps', STEP],
    [['instance'], 'GET /api/v1/instance', { version: '1', future: true }],
  ])('%j --json passes on everything that %s answers', async (args, route, body) => {
    const stub = await startStub(byRoute({ 'GET /api/v1/steps/s1': { body: STEP }, [route]: { body } }));
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, [...args, '--json']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(body);
  });

  it('is sorted, and escaped as inherited scripts know it', async () => {
    const stub = await startStub(
      byRoute({ 'GET /api/v1/steps/s1': { body: { state: 'x', id: 's1', goal: 'a <b> & c' } } }),
    );
    const { stdout } = await runCliAt(stub.url, ['step', 'state', 's1', '--json']);
    expect(stdout).toBe('{\n  "goal": "a \\u003cb\\u003e \\u0026 c",\n  "id": "s1",\n  "state": "x"\n}\n');
  });

  it('is a value when the body is no JSON', async () => {
    const stub = await startStub(byRoute({ 'GET /api/v1/runs/r': { body: 'plain' } }));
    expect((await runCliAt(stub.url, ['run', 'state', 'r', '--json'])).stdout).toBe('{\n  "value": "plain"\n}\n');
    const forPeople = await runCliAt(stub.url, ['run', 'state', 'r']);
    expect(forPeople).toMatchObject({ exitCode: 5, stdout: '' });
    expect(forPeople.stderr).toMatch(/^parsing response: /);
  });
});

describe('a list', () => {
  it('that is one page of several says so on stderr', async () => {
    const headers = { link: '</api/v1/runs?after=x>; rel="next"' };
    const stub = await startStub(byRoute({ 'GET /api/v1/runs': { headers, body: [RUN] } }));
    for (const args of [
      ['run', 'list'],
      ['run', 'list', '--json'],
    ]) {
      expect((await runCliAt(stub.url, args)).stderr).toContain('There are more than these');
    }
  });
});

describe('what to do next', () => {
  it.each([
    [['gate', 'approve', 'g1'], 'POST /api/v1/gates/g1', 'gate_closed', 'codencer gate show g1\n'],
    [['run', 'complete', 'r1'], 'POST /api/v1/runs/r1/complete', 'state_conflict', 'codencer run tree r1\n'],
    [['step', 'state', 'r1'], 'GET /api/v1/steps/r1', 'step_not_found', 'codencer step list <runID>\n'],
  ])('%j names the id that the caller has named', async (args, route, code, command) => {
    const stub = await startStub(
      byRoute({ [route]: { status: 409, body: 'no', headers: { 'x-codencer-error': code } } }),
    );
    expect((await runCliAt(stub.url, args)).stderr).toContain(command);
  });
});

describe('what was done', () => {
  it.each([
    [['run', 'abort', 'day0'], 'PATCH /api/v1/runs/day0', { action: 'abort' }, 'abort', 'day0'],
    [['gate', 'approve', 'g1'], 'POST /api/v1/gates/g1', { action: 'approve' }, 'approve', 'g1'],
    [
      ['gate', 'reject', 'g1', '--reason', 'no'],
      'POST /api/v1/gates/g1',
      { action: 'reject', reason: 'no' },
      'reject',
      'g1',
    ],
    [['gate', 'frob', 'g1'], 'POST /api/v1/gates/g1', { action: 'frob' }, 'frob', 'g1'],
    [
      ['gate', 'approve', 'g1', '--digest', 'abc'],
      'POST /api/v1/gates/g1',
      { action: 'approve', digest: 'abc' },
      'approve',
      'g1',
    ],
    [['step', 'retry', 's1'], 'POST /api/v1/steps/s1/retry', { reason: '' }, 'retry', 's1'],
    [['step', 'cancel', 's1', '--reason', 'x'], 'POST /api/v1/steps/s1/cancel', { reason: 'x' }, 'cancel', 's1'],
    [
      ['step', 'resolve', 's1', '--as', 'completed', '--reason', 'seen'],
      'POST /api/v1/steps/s1/resolve',
      { as: 'completed', reason: 'seen' },
      'resolve',
      's1',
    ],
    [['salvage', 'release', 'a1'], 'POST /api/v1/salvage/a1/release', {}, 'release', 'a1'],
  ])('%j', async (args, route, sent, action, id) => {
    const stub = await startStub(byRoute({ [route]: {} }));
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, [...args, '--json']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({ action, id, status: 'success' });
    expect(JSON.parse(stub.requests[0]?.body ?? '')).toEqual(sent);
    expect((await runCliAt(stub.url, args)).stdout).toMatch(new RegExp(`\\b${id}\\b`));
  });
});

describe('a record for a person (CLI-39)', () => {
  it.each([
    [
      ['run', 'state', 'day0'],
      'GET /api/v1/runs/day0',
      { ...RUN, created_at: undefined },
      ['--- Run State: day0 ---', 'State:        running', 'Project:      p', 'Conversation:', 'Planner:'],
      ['Run day0', 'State:        running', 'Project:      p', ''],
    ],
    [
      ['step', 'state', 's1'],
      'GET /api/v1/steps/s1',
      STEP,
      ['--- Step State: s1 ---', 'State:    completed', 'Title:    T', 'Executor:'],
      ['Step s1', 'State:    completed', 'Title:    T', ''],
    ],
    [
      ['step', 'result', 's1'],
      'GET /api/v1/steps/s1/result',
      { state: 'completed', summary: 'S' },
      ['--- Authoritative Truth (Summary): s1 ---', 'State:   completed', 'Summary: S', ''],
      ['Step:    s1', 'State:   completed', 'Summary: S', '', 'Evidence:'],
    ],
  ])('%j keeps its inherited words in a pipe only', async (args, route, body, inPipe, onTerminal) => {
    const stub = await startStub(byRoute({ [route]: { body } }));
    const lines = async (options: Parameters<typeof runCliAt>[2]) =>
      (await runCliAt(stub.url, args, options)).stdout.split('\n').map((line) => line.trimEnd());
    expect((await lines({})).slice(0, inPipe.length)).toEqual(inPipe);
    const shown = await lines({ screen: screenOf(80) });
    expect(shown.slice(0, onTerminal.length)).toEqual(onTerminal);
    expect(shown.join('\n')).not.toMatch(/---|Bridge|Truth|GUIDE/);
  });
});

describe('a decision (CLI-36)', () => {
  it('to reject without a reason is taken, as inherited clients send it, and stderr says what is missing', async () => {
    const stub = await startStub(byRoute({ 'POST /api/v1/gates/g1': {} }));
    const hint = 'No reason is on record; with --reason <text> the planner would know what to do otherwise.\n';
    const inPipe = await runCliAt(stub.url, ['gate', 'reject', 'g1']);
    expect(inPipe).toEqual({ exitCode: 0, stdout: 'Gate g1 processed successfully\n', stderr: hint });
    expect((await runCliAt(stub.url, ['gate', 'reject', 'g1', '--reason', 'no'])).stderr).toBe('');
    const ofAgent = byRoute({
      'POST /api/v1/gates/g1': {},
      'GET /api/v1/gates/g1': { body: { id: 'g1', request: {} } },
    });
    const asked = await runCliAt((await startStub(ofAgent)).url, ['gate', 'reject', 'g1']);
    expect(asked.stderr).toBe(hint.replace('planner', 'agent'));
    expect((await runCliAt(stub.url, ['gate', 'approve', 'g1'])).stderr).toBe('');
  });

  it('is told to a person as what became of the gate', async () => {
    const stub = await startStub(byRoute({ 'POST /api/v1/gates/g1': {} }));
    const run = (action: string) => runCliAt(stub.url, ['gate', action, 'g1'], { screen: screenOf(80) });
    expect([(await run('approve')).stdout, (await run('reject')).stdout]).toEqual([
      'Gate g1 is approved.\n',
      'Gate g1 is rejected.\n',
    ]);
  });
});

describe('a refusal (CLI-2, CLI-3)', () => {
  it.each([
    [400, 1],
    [404, 1],
    [405, 1],
    [401, 5],
    [403, 5],
    [409, 5],
    [410, 5],
    [413, 5],
    [422, 5],
    [500, 5],
    [503, 5],
    [507, 5],
  ])('of status %d exits %d', async (status, exitCode) => {
    const stub = await startStub(() => ({ status, body: 'no, and why\n' }));
    const asJson = await runCliAt(stub.url, ['run', 'state', 'r', '--json']);
    expect(asJson).toMatchObject({ exitCode, stderr: '' });
    expect(JSON.parse(asJson.stdout)).toEqual({ error: 'request_failed', message: 'no, and why', status });
    expect(await runCliAt(stub.url, ['run', 'state', 'r'])).toEqual({ exitCode, stdout: '', stderr: 'no, and why\n' });
  });

  it('without a word says its status', async () => {
    const stub = await startStub(() => ({ status: 502 }));
    const { stdout } = await runCliAt(stub.url, ['run', 'state', 'r', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ message: 'request failed with status 502' });
  });

  it('says to people how to go on where the daemon leaves it open', async () => {
    const headers = { 'x-codencer-error': 'gate_ambiguous' };
    const stub = await startStub(() => ({ status: 409, headers, body: 'several gates: g1, g2' }));
    const { exitCode, stderr } = await runCliAt(stub.url, ['gate', 'approve', 'g']);
    expect(exitCode).toBe(5);
    expect(stderr).toBe('several gates: g1, g2\nThe gates that wait: codencer gate list --state pending\n');
  });

  it('cannot steer the terminal (CLI-12)', async () => {
    const stub = await startStub(() => ({ status: 400, body: '\u001b[2Jgone' }));
    expect((await runCliAt(stub.url, ['run', 'state', 'r'])).stderr).toBe('\\x1b[2Jgone\n');
  });
});

describe('run start', () => {
  it.each([
    [['r1', 'p1'], { id: 'r1', project_id: 'p1' }],
    [['r1', '--project', 'p2'], { id: 'r1', project_id: 'p2' }],
    [['r1', 'p1', '--project', 'p2'], { id: 'r1', project_id: 'p2' }],
    [['--conversation', 'c1'], { conversation_id: 'c1' }],
    [['--planner', 'x', '--executor', 'y'], { planner_id: 'x', executor_id: 'y' }],
    [['--close-when-idle'], { close_when_idle: true }],
  ])('%j', async (args, sent) => {
    const stub = await startStub(() => ({ status: 201, body: RUN }));
    await runCliAt(stub.url, ['run', 'start', ...args]);
    const empty = { id: '', project_id: '', conversation_id: '', planner_id: '', executor_id: '' };
    expect(JSON.parse(stub.requests[0]?.body ?? '')).toEqual({ ...empty, ...sent });
  });
});

describe('submit (CLI-6)', () => {
  it('sends the task to its run and says how to go on', async () => {
    const stub = await startStub(() => ({ status: 202, body: STEP }));
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, ['submit', 'day0', '--goal', 'g']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual(STEP);
    expect(stderr).toContain('[SUCCESS] Unified Step UUID: s1');
    expect(stderr).toContain('codencer step wait s1');
    expect(stub.requests[0]?.url).toBe('/api/v1/runs/day0/steps');
    expect(JSON.parse(stub.requests[0]?.body ?? '')).toMatchObject({ goal: 'g', run_id: 'day0' });
  });

  it('with --new-run opens a run of its own', async () => {
    const stub = await startStub(
      byRoute({
        'POST /api/v1/runs': { status: 201, body: { ...RUN, id: 'fresh' } },
        'POST /api/v1/runs/fresh/steps': { status: 202, body: STEP },
      }),
    );
    const task = JSON.stringify({ goal: 'g' });
    const args = ['submit', '--new-run', '--task-json', '-', '--project', 'p', '--close-when-idle', '--json'];
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, args, { stdin: task });
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, STEP]);
    expect(stderr).toContain('Run fresh is open');
    expect(JSON.parse(stub.requests[0]?.body ?? '')).toMatchObject({ project_id: 'p', close_when_idle: true });
    expect(JSON.parse(stub.requests[1]?.body ?? '')).toMatchObject({ goal: 'g', run_id: 'fresh' });
  });

  it.each([
    [400, '{}', true],
    [503, '{}', false],
    [400, '{"run_id":"fresh"}', false],
  ])('with --new-run and a task refused with %i %s leaves no open run: %j', async (status, task, isClosed) => {
    const stub = await startStub(
      byRoute({
        'POST /api/v1/runs': { status: 201, body: { ...RUN, id: 'fresh' } },
        'POST /api/v1/runs/fresh/steps': { status, body: 'no such executor' },
        'PATCH /api/v1/runs/fresh': { status: 200 },
      }),
    );
    const { stderr } = await runCliAt(stub.url, ['submit', '--new-run', '--task-json', '-'], { stdin: task });
    expect(stderr).toContain('no such executor\n');
    expect(stderr.includes('Run fresh is closed again: nothing was submitted')).toBe(isClosed);
    expect(stub.requests.some(({ method }) => method === 'PATCH')).toBe(isClosed);
  });

  it('names the keys of a task that nobody reads', async () => {
    const stub = await startStub(() => ({ status: 202, body: STEP }));
    const task = '{"goal":"g","validation":[]}';
    const { stderr } = await runCliAt(stub.url, ['submit', 'day0', '--task-json', '-'], { stdin: task });
    expect(stderr).toContain('Ignored, for it is no key of a task: validation (did you mean validations?)\n');
  });

  it('with --new-run gives the run the id that the task asks for', async () => {
    const stub = await startStub(() => ({ status: 201, body: { ...RUN, id: 'mine' } }));
    await runCliAt(stub.url, ['submit', '--new-run', '--task-json', '-'], { stdin: '{"run_id":"mine"}' });
    expect(JSON.parse(stub.requests[0]?.body ?? '')).toMatchObject({ id: 'mine' });
  });

  it('step start is the same', async () => {
    const stub = await startStub(() => ({ status: 202, body: STEP }));
    const { exitCode } = await runCliAt(stub.url, ['step', 'start', 'day0', '--goal', 'g', '--json']);
    expect(exitCode).toBe(0);
  });

  it.each([201, 202, 200])('takes status %d for accepted', async (status) => {
    const stub = await startStub(() => ({ status, body: STEP }));
    expect((await runCliAt(stub.url, ['submit', 'd', '--goal', 'g', '--json'])).exitCode).toBe(0);
  });
});

describe('logs and diffs', () => {
  it.each([
    [['step', 'logs', 's1'], 'GET /api/v1/steps/s1/logs'],
    [['step', 'diff', 's1'], 'GET /api/v1/steps/s1/diff'],
  ])('%j', async (args, route) => {
    const content = 'line\n<b>\u001b[0m\n';
    const stub = await startStub(byRoute({ [route]: { headers: { 'content-type': 'text/plain' }, body: content } }));
    expect((await runCliAt(stub.url, args)).stdout).toBe(content);
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, [...args, '--json']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({ step_id: 's1', available: true, content_type: 'text/plain', content });
  });

  it.each([
    [['step', 'logs', 's1'], 'GET /api/v1/steps/s1/logs', 'No logs available for this step.\n'],
    [['step', 'diff', 's1'], 'GET /api/v1/steps/s1/diff', 'This step has no diff.\n'],
  ])('%j when there is nothing', async (args, route, sentence) => {
    const stub = await startStub(byRoute({ [route]: { status: 204 } }));
    expect(await runCliAt(stub.url, args)).toMatchObject({ exitCode: 0, stdout: sentence });
    expect(JSON.parse((await runCliAt(stub.url, [...args, '--json'])).stdout)).toEqual({
      step_id: 's1',
      available: false,
      content_type: 'text/plain',
      content: '',
    });
  });

  it('says on stderr what it fetches, and where the other half is', async () => {
    const stub = await startStub(() => ({ body: 'x' }));
    const other = 'That was its stdout; its stderr: codencer step logs s1 --stream stderr\n';
    const { stderr } = await runCliAt(stub.url, ['step', 'logs', 's1']);
    expect(stderr).toBe(`Fetching logs for step s1...\n${other}`);
    const half = await runCliAt(stub.url, ['step', 'logs', 's1', '--stream', 'stderr']);
    expect(half.stderr).toBe('Fetching logs for step s1...\n');
  });
});

describe('audit verify', () => {
  it('exits 0 when the record holds and 2 when it does not', async () => {
    const problems = [{ kind: 'hash', subject: 'art-1', sentence: 'its bytes changed' }];
    const good = await startStub(() => ({ body: { ok: true, events: 9, artifacts: 3, problems: [] } }));
    const bad = await startStub(() => ({ body: { ok: false, events: 9, artifacts: 3, problems } }));
    expect(await runCliAt(good.url, ['audit', 'verify'])).toMatchObject({
      exitCode: 0,
      stdout: 'The record holds (9 events, 3 artifacts).\n',
    });
    const failed = await runCliAt(bad.url, ['audit', 'verify']);
    expect(failed.exitCode).toBe(2);
    expect(failed.stdout).toContain('[hash] art-1: its bytes changed');
    expect((await runCliAt(bad.url, ['audit', 'verify', '--json'])).exitCode).toBe(2);
  });
});
