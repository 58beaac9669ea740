import { get, json, NULL_LIST, plain, post } from '../answers.ts';
import { type Case, SAME } from '../case.ts';

const PHASE = { name: 'Execution', seq_order: 1, Steps: null };

export const RUN_CASES: readonly Case[] = [
  {
    id: 'F1',
    name: 'a run with everything said',
    label: SAME,
    request: {
      ...post(
        '/api/v1/runs',
        '{"id":"http1","project_id":"p1","conversation_id":"c1","planner_id":"pl1","executor_id":"ex1"}',
      ),
      headers: { 'Content-Type': 'application/json' },
    },
    answer: json(201, 'StartedRun', {
      id: 'http1',
      project_id: 'p1',
      conversation_id: 'c1',
      planner_id: 'pl1',
      executor_id: 'ex1',
      state: 'running',
      recovery_notes: '',
      Phases: [{ ...PHASE, id: 'phase-execution-http1', run_id: 'http1' }],
    }),
  },
  {
    id: 'F2',
    name: 'a run with nothing said',
    label: SAME,
    request: post('/api/v1/runs', '{}'),
    answer: json(201, 'StartedRun', { id: /^run-/, project_id: 'default-project', state: 'running' }),
  },
  { id: 'F3', name: 'a run that is no JSON', label: SAME, request: post('/api/v1/runs', '{bad'), answer: plain(400) },
  { id: 'F4', name: 'a run without a body', label: SAME, request: post('/api/v1/runs'), answer: plain(400, 'EOF') },
  {
    id: 'F5',
    name: 'a run with an id of another type',
    label: SAME,
    request: post('/api/v1/runs', '{"id":5}'),
    answer: plain(400, /\bid\b/),
  },
  {
    id: 'F6',
    name: 'a key that is not known',
    label: SAME,
    request: post('/api/v1/runs', '{"id":"http2","project_id":"p1","zzz":1}'),
    answer: json(201, 'StartedRun', { id: 'http2' }),
  },
  {
    id: 'F7',
    name: 'runs of a project, newest first',
    label: SAME,
    request: get('/api/v1/runs?project_id=p1'),
    answer: json(200, 'Runs', [{ id: 'http2' }, { id: 'http1' }]),
  },
  {
    id: 'F8',
    name: 'runs of a conversation in a state',
    label: SAME,
    request: get('/api/v1/runs?conversation_id=c1&state=running'),
    answer: json(200, 'Runs', [{ id: 'http1', conversation_id: 'c1' }]),
  },
  {
    id: 'F9',
    name: 'runs in a state that there is not',
    label: SAME,
    request: get('/api/v1/runs?state=bogus'),
    answer: NULL_LIST,
  },
];
