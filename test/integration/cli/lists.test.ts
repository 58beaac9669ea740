import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../main/cli/text-width.ts';
import { runCliAt, screenOf } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';

const AT = '2026-11-20T06:37:08.020673891Z';
const LONG = 'A very long text that somebody wrote, 漢字 among it, and that no list has the room for in any terminal';
const RUN = { id: 'run-0123456789ab', project_id: LONG, conversation_id: LONG, state: 'running', created_at: AT };
const STEP = { id: 'step-0123456789ab', title: LONG, state: 'needs_manual_attention', updated_at: AT };
const GATE = { id: 'gate-step-0123456789ab-a1', state: 'pending', kind: 'policy', description: LONG };
const SAVED = {
  attempt_id: 'step-0123456789ab-a1',
  attempt_state: 'completed_with_warnings',
  refs: [{ name: `refs/codencer/${LONG}`, commit: 'abc' }],
};

const startLists = () =>
  startStub(
    byRoute({
      'GET /api/v1/runs': { body: [RUN] },
      'GET /api/v1/runs/run-0123456789ab/steps': { body: [STEP] },
      'GET /api/v1/gates': { body: [GATE] },
      'GET /api/v1/salvage': { body: [SAVED] },
    }),
  );

const LISTS = [
  ['run', 'list'],
  ['step', 'list', RUN.id],
  ['gate', 'list'],
  ['salvage', 'list'],
];

describe('a list (CLI-18)', () => {
  it.each(LISTS)('%s %s fits into 80 columns and shows its ids whole', async (...args) => {
    const stub = await startLists();
    const { stdout } = await runCliAt(stub.url, args, { screen: screenOf(80, true) });
    const lines = stripVTControlCharacters(stdout).split('\n');
    expect(lines.filter((line) => textWidth(line) > 80)).toEqual([]);
    expect(lines[2]).toMatch(/^(run|step|gate-step)-0123456789ab/);
    const word = /\b(running|needs_manual_attention|pending|completed_with_warnings)\b/.exec(lines[2] ?? '')?.[0];
    expect(stdout).toContain(`m${word}\x1b[0m`);
  });

  it.each(LISTS)('%s %s is whole and plain in a pipe', async (...args) => {
    const stub = await startLists();
    const { stdout } = await runCliAt(stub.url, args);
    expect(stripVTControlCharacters(stdout)).toBe(stdout);
    expect(stdout).toContain(args[0] === 'step' ? LONG.slice(0, 30) : LONG);
  });
});

const EMPTY = [
  [['run', 'list'], 'No runs yet.'],
  [['run', 'list', '--state', 'failed'], 'No such runs.'],
  [['step', 'list', 'r1'], 'Run r1 has no steps yet.'],
  [['attempt', 'list', 's1'], 'Step s1 has no attempt yet.'],
  [['artifact', 'list', 's1'], 'No artifacts recorded.'],
  [['gate', 'list', '--run', 'r1'], 'No gates.'],
  [['gate', 'list', '--state', 'pending'], 'No pending gates.'],
  [['antigravity', 'list'], 'No Antigravity instances.'],
] as const;

describe('an empty list (CLI-33)', () => {
  it.each(EMPTY)('%j says so on a terminal', async (args, sentence) => {
    const stub = await startStub((request) => ({ body: /\/(?:runs\/r1|steps\/s1)$/.test(request.url) ? {} : [] }));
    const { exitCode, stdout } = await runCliAt(stub.url, args, { screen: screenOf(80) });
    expect([exitCode, stdout]).toEqual([0, `${sentence}\n`]);
    const asJson = await runCliAt(stub.url, [...args, '--json']);
    expect([asJson.exitCode, asJson.stdout]).toEqual([0, '[]\n']);
  });

  it.each([
    [['step', 'list', 'nope']],
    [['attempt', 'list', 'nope']],
    [['artifact', 'list', 'nope']],
    [['step', 'artifacts', 'nope']],
    [['step', 'validations', 'nope']],
    [['gate', 'list', '--run', 'nope']],
    [['gate', 'list', '--step', 'nope']],
    [['events', '--run', 'nope', '--after', '0']],
  ])('%j of what is not there is refused, also by a daemon that answers with an empty list', async (args) => {
    const stub = await startStub((request) =>
      /\/(?:runs|steps)\/nope$/.test(request.url) ? { status: 404, body: 'Not found\n' } : { body: [] },
    );
    const { exitCode, stdout, stderr } = await runCliAt(stub.url, args, { screen: screenOf(80) });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Not found\n/);
    // Scripts of the first version rely on an empty list of these.
    const isInherited = ['step list', 'step artifacts', 'step validations'].includes(args.slice(0, 2).join(' '));
    expect((await runCliAt(stub.url, [...args, '--json'])).exitCode).toBe(isInherited ? 0 : 1);
  });
});

describe('a plural (CLI-19)', () => {
  it.each([
    [['runs'], 'GET /api/v1/runs'],
    [['runs', '--state', 'running'], 'GET /api/v1/runs?state=running'],
    [['runs', 'list'], 'GET /api/v1/runs'],
    [['runs', 'state', 'r1'], 'GET /api/v1/runs/r1'],
    [['steps', 'r1'], 'GET /api/v1/runs/r1/steps'],
    [['steps', 'state', 's1'], 'GET /api/v1/steps/s1'],
    [['gates', '--run', 'r1'], 'GET /api/v1/gates?run=r1'],
    [['gates', 'approve', 'g1'], 'POST /api/v1/gates/g1'],
  ])('%j asks %s', async (args, request) => {
    const stub = await startStub(() => ({ body: [{}] }));
    await runCliAt(stub.url, [...args, '--json']);
    expect(stub.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([request]);
  });
});
