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
    const stub = await startStub(() => ({ body: [] }));
    await runCliAt(stub.url, [...args, '--json']);
    expect(stub.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([request]);
  });
});
