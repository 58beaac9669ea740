import { empty, get, json, NULL_LIST, patch, plain, post } from '../answers.ts';
import { type Case, fixed, type Given, SAME } from '../case.ts';
import { containing } from '../containing.ts';
import { CHECKED_TASK, CLOSED_RUN, CONFLICT, NO_DEAD_BINDING, NOT_A_FAULT, STATE_AT_ONCE } from './labels.ts';

const UNKNOWN_RUN = fixed(25, 'a step for a run that does not exist was taken and worked on', [
  '404: there is no such run',
  'a typing mistake in the run would be found by nobody',
]);

const NOT_ALLOWED = plain(405, 'Method not allowed');
const RUNNING: readonly Given[] = [
  {
    task: { step_id: 's-slow', adapter_profile: 'codex', simulation: { duration_ms: 60_000 } },
    in: 'http1',
    until: 'running',
  },
];
const FINISHED: readonly Given[] = [
  { task: { step_id: 's-done', adapter_profile: 'codex' }, in: 'http1', until: 'ended' },
];
const stillWorking = json(200, 'Result', {
  state: 'running',
  summary: /^Latest attempt \S+ is still in progress/,
  files_changed: null,
  validations: null,
  retryable: false,
});

const ATTEMPTS = ['s-again-a1', 's-again-a2'];
const FILES = ['normalized-task.json', 'original-input.json', 'result.json', 'stdout.log'];

export const STEP_CASES: readonly Case[] = [
  {
    id: 'F10',
    name: 'a step with its id',
    label: STATE_AT_ONCE,
    request: post('/api/v1/runs/http1/steps', '{"step_id":"s-min","goal":"g","adapter_profile":"codex"}'),
    answer: json(202, 'Step', {
      id: 's-min',
      phase_id: 'phase-execution-http1',
      title: '',
      goal: 'g',
      state: 'pending',
      adapter: 'codex',
      created_at: /^20/,
    }),
  },
  {
    id: 'F11',
    name: 'its result at once',
    label: SAME,
    given: RUNNING,
    request: get('/api/v1/steps/s-slow/result'),
    answer: stillWorking,
  },
  {
    id: 'F12',
    name: 'its result while it runs',
    label: SAME,
    request: get('/api/v1/steps/s-slow/result'),
    answer: stillWorking,
  },
  {
    id: 'F13',
    name: 'the step while it runs',
    label: SAME,
    request: get('/api/v1/steps/s-slow'),
    answer: json(200, 'Step', { id: 's-slow', state: 'running' }),
  },
  {
    id: 'F14',
    name: 'its log while it runs',
    label: fixed('unlisted', '204: nothing of a log was shown before the attempt had ended', [
      'what there is up to now',
      'whoever waits can look on; once it has ended the answer is the same',
    ]),
    request: get('/api/v1/steps/s-slow/logs'),
    answer: { status: 200, type: 'text/plain', exact: 'Executing Simulated codex for attempt s-slow-a1\n' },
  },
  {
    id: 'F15',
    name: 'a result without provenance',
    label: SAME,
    given: FINISHED,
    request: get('/api/v1/steps/s-done/result'),
    answer: json(200, 'Result', {
      version: 'v1',
      run_id: 'http1',
      step_id: 's-done',
      adapter: 'codex',
      state: 'completed',
      summary: 'Simulated successful codex task.',
      validations: [],
      artifacts: { 'result.json': /^\//, 'stdout.log': /^\//, normalized_task_ref: /^\// },
    }),
  },
  {
    id: 'F16',
    name: 'a step for a run that does not exist',
    label: UNKNOWN_RUN,
    request: post('/api/v1/runs/ghost-run/steps', '{"step_id":"s-ghost","goal":"g","adapter_profile":"codex"}'),
    answer: plain(404, /ghost-run/),
  },
  {
    id: 'F17',
    name: 'steps of the run that does not exist',
    label: UNKNOWN_RUN,
    request: get('/api/v1/runs/ghost-run/steps'),
    answer: NULL_LIST,
  },
  {
    id: 'F18',
    name: 'the run that does not exist',
    label: SAME,
    request: get('/api/v1/runs/ghost-run'),
    answer: plain(404, 'Not found'),
  },
  {
    id: 'F19',
    name: 'a step that is no JSON',
    label: SAME,
    request: post('/api/v1/runs/http1/steps', 'nope'),
    answer: plain(400),
  },
  {
    id: 'F20',
    name: 'a step with a value of another type',
    label: SAME,
    request: post('/api/v1/runs/http1/steps', '{"timeout_seconds":"x"}'),
    answer: plain(400, /timeout_seconds/),
  },
  {
    id: 'F21',
    name: 'a task that names another run',
    label: CHECKED_TASK,
    request: post(
      '/api/v1/runs/http1/steps',
      '{"step_id":"s-conf","run_id":"other","goal":"g","adapter_profile":"codex"}',
    ),
    answer: plain(400, 'task run_id "other" does not match submit run ID "http1"'),
  },
  {
    id: 'F22',
    name: 'its result',
    label: CHECKED_TASK,
    request: get('/api/v1/steps/s-conf/result'),
    answer: plain(404, 'step s-conf not found'),
  },
  {
    id: 'F23',
    name: 'POST to one run',
    label: SAME,
    request: post('/api/v1/runs/http1', '{}'),
    answer: NOT_ALLOWED,
  },
  {
    id: 'F24',
    name: 'an action that there is not',
    label: SAME,
    request: patch('/api/v1/runs/http1', '{"action":"frob"}'),
    answer: plain(400, 'Invalid action'),
  },
  {
    id: 'F25',
    name: 'an action that is no JSON',
    label: SAME,
    request: patch('/api/v1/runs/http1', 'x'),
    answer: plain(400),
  },
  {
    id: 'F26',
    name: 'aborting a run that does not exist',
    label: NOT_A_FAULT,
    request: patch('/api/v1/runs/missing', '{"action":"abort"}'),
    answer: plain(404, 'run not found'),
  },
  {
    id: 'F27',
    name: 'aborting a run',
    label: SAME,
    request: patch('/api/v1/runs/http1', '{"action":"abort"}'),
    answer: empty(200),
  },
  {
    id: 'F28',
    name: 'aborting it again',
    label: CONFLICT,
    request: patch('/api/v1/runs/http1', '{"action":"abort"}'),
    answer: plain(409, 'run is already terminal in state cancelled'),
  },
  {
    id: 'F29',
    name: 'the aborted run',
    label: SAME,
    request: get('/api/v1/runs/http1'),
    answer: json(200, 'Run', { id: 'http1', state: 'cancelled', recovery_notes: '', Phases: null }),
  },
  {
    id: 'F30',
    name: 'a step for an aborted run',
    label: CLOSED_RUN,
    request: post('/api/v1/runs/http1/steps', '{"step_id":"s-after-abort","goal":"g","adapter_profile":"codex"}'),
    answer: plain(400, /cancelled/),
  },
  {
    id: 'F31',
    name: 'what became of it',
    label: CLOSED_RUN,
    request: get('/api/v1/steps/s-after-abort'),
    answer: plain(404, 'Not found'),
  },
  {
    id: 'F32',
    name: 'PUT of a run',
    label: SAME,
    request: { method: 'PUT', path: '/api/v1/runs/http1', body: '{}' },
    answer: NOT_ALLOWED,
  },
  {
    id: 'F33',
    name: 'DELETE of a step',
    label: SAME,
    request: { method: 'DELETE', path: '/api/v1/steps/s-min' },
    answer: NOT_ALLOWED,
  },
  {
    id: 'F34',
    name: 'a verb that steps do not have',
    label: SAME,
    request: post('/api/v1/steps/s-min/abort'),
    answer: NOT_ALLOWED,
  },
  {
    id: 'F35',
    name: 'retrying a step that does not exist',
    label: NOT_A_FAULT,
    request: post('/api/v1/steps/nope/retry'),
    answer: plain(404, 'step nope not found'),
  },
  {
    id: 'F36',
    name: 'retrying a completed step',
    label: SAME,
    given: [{ run: 'http3' }, { task: { step_id: 's-again', adapter_profile: 'codex' }, in: 'http3', until: 'ended' }],
    request: post('/api/v1/steps/s-again/retry'),
    answer: empty(202),
  },
  {
    id: 'F37',
    name: 'the result after it',
    label: SAME,
    given: [{ settled: 's-again' }],
    request: get('/api/v1/steps/s-again/result'),
    answer: json(200, 'Result', { step_id: 's-again', attempt_id: 's-again-a2', state: 'completed' }),
  },
  {
    id: 'F38',
    name: 'the artifacts after it',
    label: fixed(
      22,
      'a file with the same content as an earlier one was left out: no `result.json` from the second step on',
      ['one row for each file of each attempt', 'equal content is no reason to forget a file'],
    ),
    request: get('/api/v1/steps/s-again/artifacts'),
    answer: json(
      200,
      'Artifacts',
      containing(FILES.flatMap((name) => ATTEMPTS.map((attempt_id) => ({ name, attempt_id, hash: /^[0-9a-f]{64}$/ })))),
    ),
  },
  {
    id: 'F39',
    name: 'a decision that is no JSON',
    label: SAME,
    request: post('/api/v1/gates/g1', 'x'),
    answer: plain(400),
  },
  {
    id: 'F40',
    name: 'deciding a gate that does not exist',
    label: NOT_A_FAULT,
    request: post('/api/v1/gates/g1', '{"action":"approve"}'),
    answer: plain(404, 'gate not found'),
  },
  {
    id: 'F41',
    name: 'a decision without a gate',
    label: SAME,
    request: post('/api/v1/gates/', '{"action":"approve"}'),
    answer: plain(400, 'ID required'),
  },
  {
    id: 'F42',
    name: 'a binding that is no JSON',
    label: SAME,
    request: post('/api/v1/antigravity/bind', 'x'),
    answer: plain(400),
  },
  {
    id: 'F43',
    name: 'binding a process that is no Antigravity',
    label: NO_DEAD_BINDING,
    request: post('/api/v1/antigravity/bind', '{"pid":7}'),
    answer: plain(404, /\b7\b/),
  },
  {
    id: 'F44',
    name: 'the status after it',
    label: NO_DEAD_BINDING,
    request: get('/api/v1/antigravity/status'),
    answer: { status: 200, type: 'application/json', exact: 'null' },
  },
  {
    id: 'F45',
    name: 'unbinding',
    label: SAME,
    request: { method: 'DELETE', path: '/api/v1/antigravity/bind' },
    answer: empty(200),
  },
  {
    id: 'F46',
    name: 'GET of a binding',
    label: SAME,
    request: get('/api/v1/antigravity/bind'),
    answer: NOT_ALLOWED,
  },
];
