import { get, json, NULL_LIST, plain, post } from '../answers.ts';
import { type Case, fixed, type Given, SAME } from '../case.ts';
import { CHECKED_TASK, STATE_AT_ONCE } from './labels.ts';

const UNKNOWN_RUN = fixed(25, 'a step for a run that does not exist was taken and worked on', [
  '404: there is no such run',
  'a typing mistake in the run would be found by nobody',
]);

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
];
