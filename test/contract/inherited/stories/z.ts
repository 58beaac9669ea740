import { empty, exactly, get, json, NULL_LIST, plain, post } from '../answers.ts';
import { fixed, SAME, type Story } from '../case.ts';
import { DUPLICATE, NO_DEAD_BINDING, NOT_A_FAULT } from './labels.ts';

const START = '{"conversation_id":"","executor_id":"","id":"day0","planner_id":"","project_id":"my-project"}';

/** The client sends every key of a task, empty or not, and lists that it has not as `null`. */
const SUBMIT =
  '{"version":"v1","project_id":"","run_id":"day0","phase_id":"","step_id":"","title":"Direct task","goal":"Say hello",' +
  '"context":{"summary":""},"constraints":null,"allowed_paths":null,"forbidden_paths":null,"validations":null,' +
  '"acceptance":null,"stop_conditions":null,"policy_bundle":"","adapter_profile":"","timeout_seconds":0,' +
  '"is_simulation":false,"submission_provenance":{"source_kind":"goal","source_name":"inline-goal",' +
  '"original_format":"txt","original_input":"Say hello","defaults_applied":["version","title"]}}';

/** The very bytes of the inherited client. */
export const Z: Story = {
  section: 'Z',
  title: 'the bytes of the inherited client',
  sentBy: 'go',
  cases: [
    {
      id: 'Z1',
      name: 'instance',
      label: SAME,
      request: get('/api/v1/instance'),
      answer: json(200, 'Instance', { repo_root: '{repo}' }),
    },
    {
      id: 'Z2',
      name: 'starting a run',
      label: SAME,
      request: post('/api/v1/runs', START),
      answer: json(201, 'StartedRun', { id: 'day0', project_id: 'my-project', state: 'running' }),
    },
    {
      id: 'Z3',
      name: 'starting it again',
      label: DUPLICATE,
      request: post('/api/v1/runs', START),
      answer: plain(409, /day0/),
    },
    {
      id: 'Z4',
      name: 'the run',
      label: SAME,
      request: get('/api/v1/runs/day0'),
      answer: json(200, 'Run', { id: 'day0' }),
    },
    {
      id: 'Z5',
      name: 'a run that does not exist',
      label: SAME,
      request: get('/api/v1/runs/missing'),
      answer: plain(404, 'Not found'),
    },
    {
      id: 'Z6',
      name: 'submitting, and looking at once',
      label: fixed(6, 'a task without an adapter went to one that always failed', [
        'it goes to the configured default executor',
        'the first thing that anybody tries has to work',
      ]),
      request: post('/api/v1/runs/day0/steps', SUBMIT),
      answer: json(202, 'Step', {
        phase_id: 'phase-execution-day0',
        title: 'Direct task',
        goal: 'Say hello',
        adapter: '',
        timeout_seconds: 0,
      }),
    },
    {
      id: 'Z7',
      name: 'the steps of a run, oldest first',
      label: SAME,
      given: [
        {
          task: { step_id: 'goal-task', adapter_profile: 'codex', title: 'Goal task' },
          in: 'day0',
          until: 'ended',
        },
      ],
      request: get('/api/v1/runs/day0/steps'),
      answer: json(200, 'Steps', [{ title: 'Direct task' }, { title: 'Goal task', adapter: 'codex' }]),
    },
    {
      id: 'Z8',
      name: 'one step',
      label: SAME,
      request: get('/api/v1/steps/goal-task'),
      answer: json(200, 'Step', { state: 'completed' }),
    },
    {
      id: 'Z9',
      name: 'the result of no step',
      label: SAME,
      request: get('/api/v1/steps/nope/result'),
      answer: plain(404, 'step nope not found'),
    },
    {
      id: 'Z10',
      name: 'the log of no step',
      label: SAME,
      request: get('/api/v1/steps/nope/logs'),
      answer: plain(404, 'Result not found: step nope not found'),
    },
    {
      id: 'Z11',
      name: 'deciding a gate that does not exist',
      label: NOT_A_FAULT,
      request: post('/api/v1/gates/gate-nope', '{"action":"approve"}'),
      answer: plain(404, 'gate not found'),
    },
    {
      id: 'Z12',
      name: 'a decision that there is not',
      label: SAME,
      request: post('/api/v1/gates/gate-nope', '{"action":"frob"}'),
      answer: plain(400, 'Unknown action'),
    },
    {
      id: 'Z13',
      name: 'Antigravity instances: none',
      label: SAME,
      request: get('/api/v1/antigravity/instances'),
      answer: NULL_LIST,
    },
    {
      id: 'Z14',
      name: 'Antigravity, unbound: four bytes',
      label: SAME,
      request: get('/api/v1/antigravity/status'),
      answer: { ...exactly('null'), headers: { 'content-length': '4' } },
    },
    {
      id: 'Z15',
      name: 'binding a process that is no Antigravity',
      label: NO_DEAD_BINDING,
      request: post('/api/v1/antigravity/bind', '{"pid":4242}'),
      answer: plain(404, /4242/),
    },
    {
      id: 'Z16',
      name: 'unbinding',
      label: SAME,
      request: { method: 'DELETE', path: '/api/v1/antigravity/bind' },
      answer: empty(200),
    },
    {
      id: 'Z17',
      name: 'compatibility',
      label: SAME,
      request: get('/api/v1/compatibility'),
      answer: json(200, 'Compatibility'),
    },
    {
      id: 'Z18',
      name: 'a second daemon, started by mistake',
      label: fixed(14, 'it paused every run of the living daemon before it found the port taken', [
        'it finds that the repository has a daemon, says so and ends; nothing was touched',
        'one daemon for one repository, by a lock that is taken first',
      ]),
      fact: 'a second daemon touches nothing',
    },
  ],
};
