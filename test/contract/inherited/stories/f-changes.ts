import { empty, get, json, patch, plain, post } from '../answers.ts';
import { type Case, fixed, SAME } from '../case.ts';
import { containing } from '../containing.ts';
import { CLOSED_RUN, CONFLICT, NO_DEAD_BINDING, NOT_A_FAULT } from './labels.ts';

const NOT_ALLOWED = plain(405, 'Method not allowed');
const ATTEMPTS = ['s-again-a1', 's-again-a2'];
const FILES = ['normalized-task.json', 'original-input.json', 'result.json', 'stdout.log'];

export const CHANGE_CASES: readonly Case[] = [
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
