import { get, json } from '../answers.ts';
import { fixed, type Given, SAME, type Story } from '../case.ts';
import { containing } from '../containing.ts';
import { CONFLICT } from './labels.ts';

const KEPT = fixed(24, 'after a timeout there was no log and no artifact of what had been done', [
  'everything is collected on every way to an end',
  'what a step did until its time was up is what tells why',
]);

const ABORT_HOLDS = fixed(11, 'an abort changed the state of the run: its agent, its step and its lock went on', [
  'the processes are gone and the step is `cancelled` when the abort is answered',
  'an abort that does not hold is none',
]);

/** Prints, leaves a child behind that sleeps, and sleeps itself: as long as no other test does. */
const sleeper = (seconds: number) => ({
  adapter_profile: 'command',
  recipe: { steps: [{ run: `echo started; sleep ${seconds} & sleep ${seconds}` }] },
});

const running = (run: string, stepId: string, seconds: number): readonly Given[] => [
  { run },
  { task: { step_id: stepId, ...sleeper(seconds) }, in: run, until: 'running' },
];

/** Limits and ends, with `command` in the place of an agent. */
export const N: Story = {
  section: 'N',
  title: 'timeout and abort',
  env: { ALL_ADAPTERS_SIMULATION_MODE: '0' },
  given: [{ run: 'r2' }, { run: 'r4' }],
  cases: [
    {
      id: 'N1',
      name: 'a step that takes too long',
      label: SAME,
      argv: ['submit', 'r2', '--task-json', '-', '--wait', '--json'],
      stdin: JSON.stringify({ goal: 'sleep', step_id: 'slow', timeout_seconds: 1, ...sleeper(31_415) }),
      exit: 3,
      shape: 'Result',
      values: { state: 'timeout', summary: 'Execution timed out after 1 seconds', is_simulation: false },
      err: ['[BRIDGE] Mission Handle slow reached terminal condition: timeout', '[AUDIT REQUIRED]'],
    },
    {
      id: 'N2',
      name: 'its log',
      label: KEPT,
      argv: ['step', 'logs', 'slow', '--json'],
      exit: 0,
      shape: 'Logs',
      values: { available: true, content: 'started\n', content_type: 'text/plain', step_id: 'slow' },
      err: '',
    },
    {
      id: 'N3',
      name: 'its artifacts',
      label: KEPT,
      request: get('/api/v1/steps/slow/artifacts'),
      answer: json(200, 'Artifacts', containing([{ name: 'stdout.log' }, { name: 'normalized-task.json' }])),
    },
    {
      id: 'N4',
      name: 'the step',
      label: SAME,
      request: get('/api/v1/steps/slow'),
      answer: json(200, 'Step', {
        state: 'timeout',
        timeout_seconds: 1,
        status_reason: 'Execution timed out after 1 seconds',
      }),
    },
    {
      id: 'N5',
      name: 'its processes',
      label: fixed(17, 'only the direct child was ended; what it had started lived on', [
        'nothing that belongs to the attempt is left',
        'a process that nobody knows about goes on changing files',
      ]),
      fact: 'nothing is left of the timeout',
    },
    {
      id: 'N6',
      name: 'run abort while a step runs',
      label: SAME,
      given: running('r3', 'ab1', 31_416),
      argv: ['run', 'abort', 'r3', '--json'],
      exit: 0,
      out: '{\n  "action": "abort",\n  "id": "r3",\n  "status": "success"\n}\n',
      err: '',
    },
    { id: 'N7', name: 'what is left of it', label: ABORT_HOLDS, fact: 'nothing is left of the abort' },
    {
      id: 'N8',
      name: 'waiting for its step',
      label: ABORT_HOLDS,
      argv: ['step', 'wait', 'ab1', '--timeout', '3s', '--json'],
      exit: 4,
      shape: 'Result',
      values: { state: 'cancelled', step_id: 'ab1' },
      err: ['[BRIDGE] Mission Handle ab1 reached terminal condition: cancelled'],
    },
    {
      id: 'N9',
      name: 'waiting for the run',
      label: SAME,
      argv: ['run', 'wait', 'r3', '--json'],
      exit: 4,
      shape: 'Run',
      values: { id: 'r3', state: 'cancelled', Phases: null },
      err: [/^Terminal\/Intervention condition reached for Run r3: cancelled$/m],
    },
    {
      id: 'N10',
      name: 'aborting it again',
      label: CONFLICT,
      argv: ['run', 'abort', 'r3'],
      exit: 5,
      out: '',
      err: [/^run is already terminal in state cancelled$/m],
    },
    {
      id: 'N11',
      name: 'a step while another run works',
      label: fixed(13, 'one lock stood for all runs, without a queue: a second step failed', [
        'it runs beside the other, in a worktree of its own',
        'two runs have nothing to do with each other',
      ]),
      given: running('r5', 'long', 31_417),
      argv: ['submit', 'r4', '--task-json', '-', '--wait', '--json'],
      stdin: '{"goal":"go","adapter_profile":"command","recipe":{"steps":[{"run":"true"}]}}',
      exit: 0,
      shape: 'Result',
      values: { state: 'completed', run_id: 'r4' },
    },
    {
      id: 'N12',
      name: 'the daemon is killed in the middle of it',
      label: fixed(14, 'after the restart every run stood paused, without a way on; the agent lived', [
        'only the step in flight is ended, as interrupted; its processes are gone, its run goes on',
        'a crash is no reason to stop what had nothing to do with it',
      ]),
      fact: 'a killed daemon leaves runs open and nothing alive',
    },
  ],
};
