import { describe, expect, it } from 'vitest';
import { runCliAt, screenOf } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';

const RUN = { id: 'r1', state: 'completed', project_id: 'p' };
const STEP = { id: 's1', run_id: 'r1', title: 'Mend it', state: 'pending' };
const RESULT = { state: 'completed', summary: 'done', files_changed: ['a.txt'] };
const ROUTES = byRoute({
  'POST /api/v1/runs': { body: RUN },
  'GET /api/v1/runs/r1': { body: RUN },
  'POST /api/v1/runs/r1/wait': { body: { state: 'completed', terminal: true } },
  'POST /api/v1/runs/r1/steps': { status: 202, body: STEP },
  'POST /api/v1/steps/s1/wait': { body: { state: 'completed', terminal: true } },
  'GET /api/v1/steps/s1/result': { body: RESULT },
});

const SUBMIT = ['submit', 'r1', '--goal', 'g'];

/** What a command prints, and the JSON that it always printed. */
const CASES: readonly (readonly [args: readonly string[], text: string, documents: readonly object[]])[] = [
  [['run', 'start', 'r1'], 'Run r1 is open.\n\n  codencer submit r1 <task file>\n', [RUN]],
  [['run', 'wait', 'r1'], 'Run r1: completed\n\n  codencer run tree r1\n', [RUN]],
  [
    ['step', 'wait', 's1'],
    'Step s1: completed\nReason:   done\nChanged:  1 file: a.txt\n\n  codencer step diff s1\n  codencer step result s1\n  codencer step artifacts s1\n',
    [RESULT],
  ],
  [SUBMIT, 'Step s1 is submitted to run r1: Mend it\n\n  codencer step watch s1\n  codencer step wait s1\n', [STEP]],
  [
    [...SUBMIT, '--wait'],
    'Step s1 is submitted to run r1: Mend it\nStep s1: completed\nReason:   done\nChanged:  1 file: a.txt\n\n  codencer step diff s1\n  codencer step result s1\n  codencer step artifacts s1\n',
    [STEP, RESULT],
  ],
];

describe('what always printed JSON (CLI-26)', () => {
  it.each(CASES)('%j prints for people on a terminal', async (args, text) => {
    const stub = await startStub(ROUTES);
    const { exitCode, stdout } = await runCliAt(stub.url, args, { screen: screenOf(100) });
    expect([exitCode, stdout]).toEqual([0, text]);
  });

  it.each(CASES)('%j prints its documents in a pipe', async (args, _text, documents) => {
    const stub = await startStub(ROUTES);
    const { exitCode, stdout } = await runCliAt(stub.url, args);
    const printed = stdout.split(/(?<=^\}\n)/m).map((one) => JSON.parse(one));
    expect([exitCode, printed]).toEqual([0, documents]);
  });

  it.each(CASES)('%j --json is one document, on a terminal too', async (args, _text, documents) => {
    const stub = await startStub(ROUTES);
    for (const screen of [screenOf(100), undefined]) {
      const { stdout } = await runCliAt(stub.url, [...args, '--json'], screen === undefined ? {} : { screen });
      expect(JSON.parse(stdout)).toEqual(documents.at(-1));
    }
  });
});
