import { get, plain, post } from '../answers.ts';
import { fixed, refused, SAME, type Story } from '../case.ts';

const CHECKED_ID = fixed(
  18,
  'an id went into paths and branches as it was: `../../..` wrote files at the root of the disk',
  ['400: letters, digits, dot, dash and underscore, at most 128 of them', 'an id names a file, a folder and a git ref'],
);

/** What a stranger, or a typing mistake, could do. */
export const R: Story = {
  section: 'R',
  title: 'weak inputs',
  cases: [
    {
      id: 'R1',
      name: 'a page of another origin posts a plain form',
      label: refused(19, 'any web page could start runs and have commands executed', [
        '403 `forbidden_origin`; nothing is stored',
        'a browser lets every page post to this machine',
      ]),
      request: {
        ...post('/api/v1/runs', '{"id":"csrf","project_id":"evil"}'),
        headers: { 'Content-Type': 'text/plain', Origin: 'http://evil.example' },
      },
      answer: { ...plain(403), headers: { 'x-codencer-error': 'forbidden_origin' } },
    },
    {
      id: 'R2',
      name: 'a step id that leads out of the folder',
      label: CHECKED_ID,
      given: [{ run: 'r' }],
      request: post('/api/v1/runs/r/steps', '{"step_id":"../../../../escaped","goal":"g","adapter_profile":"codex"}'),
      answer: plain(400, /step_id/),
    },
    {
      id: 'R3',
      name: 'a run id with a space',
      label: CHECKED_ID,
      request: post('/api/v1/runs', '{"id":"has space"}'),
      answer: plain(400, /^id/),
    },
    {
      id: 'R4',
      name: 'a run id with a slash',
      label: SAME,
      request: get('/api/v1/runs/a/b'),
      answer: plain(404, 'Not found'),
    },
    {
      id: 'R5',
      name: 'the same, encoded',
      label: CHECKED_ID,
      request: get('/api/v1/runs/a%2Fb'),
      answer: plain(400, /^the id in the path /),
    },
  ],
};
