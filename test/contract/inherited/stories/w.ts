import { get, json } from '../answers.ts';
import { fixed, type LaterCase, type Story } from '../case.ts';

const NEWEST_COUNTS = fixed(
  7,
  'numbers began at 1 again, so that an older attempt hid the newer; its reason stayed for ever',
  [
    'numbers go on, the newest attempt speaks for the step, and an old reason goes',
    'a success that reads like a failure is redone',
  ],
);

const NO_STALE_LOCK = fixed(12, 'the lock of a stopped daemon stayed, and every later step of every run failed', [
  'the lock belongs to the living process; later steps run',
  'one interrupted step is no reason to stop for good',
]);

const broker = (id: string, name: string): LaterCase => ({
  id,
  name,
  later: 'needs the broker for Antigravity, which comes with that executor',
});

const recipe = (run: string) => ({ adapter_profile: 'command', recipe: { steps: [{ run }] } });

/** Trying again, and a daemon that stops in between, with `command` in the place of an agent. */
export const W: Story = {
  section: 'W',
  title: 'retry and restart',
  env: { ALL_ADAPTERS_SIMULATION_MODE: '0' },
  given: [
    { run: 'x' },
    { run: 'idle' },
    { task: { step_id: 'xs', ...recipe('test -e {repo}/.codencer/agent-is-there') }, in: 'x', until: 'ended' },
    { file: '.codencer/agent-is-there', holds: '' },
    { retried: 'xs' },
  ],
  cases: [
    {
      id: 'W1',
      name: 'the attempts of a step that was retried',
      label: NEWEST_COUNTS,
      request: get('/api/v1/steps/xs/attempts'),
      answer: json(200, 'Anything', [
        { id: 'xs-a1', number: 1, state: 'failed_terminal' },
        { id: 'xs-a2', number: 2, state: 'completed' },
      ]),
    },
    {
      id: 'W2',
      name: 'the step',
      label: NEWEST_COUNTS,
      request: get('/api/v1/steps/xs'),
      answer: json(200, 'Step', { state: 'completed', status_reason: 'The command completed.' }),
    },
    {
      id: 'W3',
      name: 'its result',
      label: NEWEST_COUNTS,
      request: get('/api/v1/steps/xs/result'),
      answer: json(200, 'Result', { state: 'completed', attempt_id: 'xs-a2', adapter: 'command' }),
    },
    {
      id: 'W4',
      name: 'SIGTERM in the middle of a step',
      label: fixed(17, 'the agent outlived the daemon; its worktree and the lock stayed', [
        'the step is ended and its work saved before the daemon goes',
        'a process that nobody knows about goes on changing files',
      ]),
      given: [
        { task: { step_id: 'xt', ...recipe('echo work > made.txt; sleep 31418') }, in: 'x', until: 'running' },
        { restarted: 'SIGTERM' },
      ],
      fact: 'nothing is left of the stopped daemon',
    },
    {
      id: 'W5',
      name: 'the run after the restart',
      label: fixed(14, 'every run stood paused, idle ones too, and nothing could resume them', [
        'the run goes on; the step that was in flight is ended as interrupted',
        'a restart is no reason to stop what had nothing to do with it',
      ]),
      request: get('/api/v1/runs?state=running'),
      answer: json(200, 'Runs', [{ id: 'idle' }, { id: 'x' }]),
    },
    {
      id: 'W6',
      name: 'the next step',
      label: NO_STALE_LOCK,
      given: [{ task: { step_id: 'xu', ...recipe('true') }, in: 'x', until: 'ended' }],
      request: get('/api/v1/steps/xu'),
      answer: json(200, 'Step', { state: 'completed' }),
    },
    broker('W7', 'a broker task that never ends'),
    broker('W8', 'its artifacts'),
    broker('W9', 'a broker task that ends'),
    broker('W10', 'its artifacts'),
  ],
};
