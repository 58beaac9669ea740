import { empty, exactly, get, json, NULL_LIST, plain } from '../answers.ts';
import { fixed, refused, SAME, type Story } from '../case.ts';

const nobodysRoute = plain(404, '404 page not found');
const notAllowed = plain(405, 'Method not allowed');

/** Every reading route on an empty record, and how paths and methods are refused. */
export const A: Story = {
  section: 'A',
  title: 'an empty record',
  cases: [
    { id: 'A1', name: 'health', label: SAME, request: get('/health'), answer: exactly('{"status":"ok"}') },
    { id: 'A2', name: 'version', label: SAME, request: get('/version'), answer: json(200, 'Version') },
    {
      id: 'A3',
      name: 'instance',
      label: SAME,
      request: get('/api/v1/instance'),
      answer: json(200, 'Instance', { repo_root: '{repo}', base_url: '{url}', execution_mode: 'simulation' }),
    },
    {
      id: 'A4',
      name: 'compatibility',
      label: fixed('unlisted', 'a table that never changed: four agents `active`, there or not', [
        'what was found when it was asked, in the same shape',
        'scripts look for `"tier"` in it; the rest has to be true',
      ]),
      request: get('/api/v1/compatibility'),
      answer: json(200, 'Compatibility'),
    },
    {
      id: 'A5',
      name: 'routing',
      label: fixed('unlisted', 'a chain of agents through which a failed task was passed on', [
        'the one executor that a task without `adapter_profile` gets, in the same shape',
        'no task is ever handed to another agent',
      ]),
      request: get('/api/v1/routing'),
      answer: json(200, 'Routing'),
    },
    {
      id: 'A6',
      name: 'benchmarks without an adapter',
      label: SAME,
      request: get('/api/v1/benchmarks'),
      answer: NULL_LIST,
    },
    {
      id: 'A7',
      name: 'benchmarks of an adapter that has none',
      label: SAME,
      request: get('/api/v1/benchmarks?adapter=codex'),
      answer: NULL_LIST,
    },
    { id: 'A8', name: 'no runs', label: SAME, request: get('/api/v1/runs'), answer: NULL_LIST },
    { id: 'A9', name: 'no such run', label: SAME, request: get('/api/v1/runs/nope'), answer: plain(404, 'Not found') },
    { id: 'A10', name: 'steps of no run', label: SAME, request: get('/api/v1/runs/nope/steps'), answer: NULL_LIST },
    { id: 'A11', name: 'gates of no run', label: SAME, request: get('/api/v1/runs/nope/gates'), answer: NULL_LIST },
    {
      id: 'A12',
      name: 'no such step',
      label: SAME,
      request: get('/api/v1/steps/nope'),
      answer: plain(404, 'Not found'),
    },
    {
      id: 'A13',
      name: 'result of no step',
      label: SAME,
      request: get('/api/v1/steps/nope/result'),
      answer: plain(404, 'step nope not found'),
    },
    {
      id: 'A14',
      name: 'logs of no step',
      label: SAME,
      request: get('/api/v1/steps/nope/logs'),
      answer: plain(404, 'Result not found: step nope not found'),
    },
    {
      id: 'A15',
      name: 'artifacts of no step',
      label: SAME,
      request: get('/api/v1/steps/nope/artifacts'),
      answer: NULL_LIST,
    },
    {
      id: 'A16',
      name: 'validations of no step',
      label: SAME,
      request: get('/api/v1/steps/nope/validations'),
      answer: exactly('{}\n'),
    },
    {
      id: 'A17',
      name: 'Antigravity instances: none',
      label: SAME,
      request: get('/api/v1/antigravity/instances'),
      answer: NULL_LIST,
    },
    {
      id: 'A18',
      name: 'Antigravity, unbound: four bytes',
      label: SAME,
      request: get('/api/v1/antigravity/status'),
      answer: { ...exactly('null'), headers: { 'content-length': '4' } },
    },
    { id: 'A19', name: 'an unknown path', label: SAME, request: get('/api/v1/nope'), answer: nobodysRoute },
    { id: 'A20', name: 'the root', label: SAME, request: get('/'), answer: nobodysRoute },
    {
      id: 'A21',
      name: 'a run without its id',
      label: SAME,
      request: get('/api/v1/runs/'),
      answer: plain(400, 'ID required'),
    },
    {
      id: 'A22',
      name: 'a step without its id',
      label: SAME,
      request: get('/api/v1/steps/'),
      answer: plain(400, 'ID required'),
    },
    {
      id: 'A23',
      name: 'POST to the instance',
      label: SAME,
      request: { method: 'POST', path: '/api/v1/instance' },
      answer: notAllowed,
    },
    {
      id: 'A24',
      name: 'DELETE of the runs',
      label: SAME,
      request: { method: 'DELETE', path: '/api/v1/runs' },
      answer: notAllowed,
    },
    {
      id: 'A25',
      name: 'GET of one gate',
      label: fixed('unlisted', '405: one gate could not be read', [
        'the gate, or 404 when there is none',
        'who decides has to see what is asked',
      ]),
      request: get('/api/v1/gates/x'),
      answer: plain(404),
    },
    {
      id: 'A26',
      name: 'a path with a double slash',
      label: SAME,
      request: get('/api/v1//runs'),
      answer: { ...empty(301), headers: { location: '/api/v1/runs' } },
    },
    {
      id: 'A27',
      name: 'HEAD of the instance',
      label: SAME,
      request: { method: 'HEAD', path: '/api/v1/instance' },
      answer: { status: 405, type: 'text/plain; charset=utf-8', exact: '' },
    },
    {
      id: 'A28',
      name: 'OPTIONS from a page of another origin',
      label: refused(19, '405, without a look at `Origin`', [
        '403 `forbidden_origin`',
        'no page of another origin gets any answer but this one',
      ]),
      request: { method: 'OPTIONS', path: '/api/v1/runs', headers: { Origin: 'http://evil.example' } },
      answer: { ...plain(403), headers: { 'x-codencer-error': 'forbidden_origin' } },
    },
    {
      id: 'A29',
      name: 'a foreign Host',
      label: refused(19, 'answered under any `Host`', [
        '403 `forbidden_host`',
        'a name that a stranger makes point at this machine is no way in',
      ]),
      request: { method: 'GET', path: '/version', headers: { Host: 'evil.example' } },
      answer: { ...plain(403), headers: { 'x-codencer-error': 'forbidden_host' } },
    },
  ],
};
