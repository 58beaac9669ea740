import { get, json, plain, post } from '../answers.ts';
import { fixed, SAME, type Story } from '../case.ts';

const VALIDATED_FIRST = fixed(
  2,
  'a result was `completed` while its validations still ran, and the wait ended with exit 0',
  [
    'the state of the step, which ends after its validations: exit 2',
    'a state is the only thing that a script looks at',
  ],
);

const FILLED = fixed(
  23,
  'rows without command, state, exit code and duration; no quotes, no shell: `true && false` passed',
  [
    'every command runs in a shell and every field is filled; two of one name are two rows; a blank command is refused',
    'a check that cannot fail is none',
  ],
);

const CASES = [
  { name: 'quote', command: "sh -c 'exit 3'" },
  { name: 'dup', command: 'true' },
  { name: 'dup', command: 'true' },
  { name: 'nobin', command: 'no-such-binary-xyz' },
  { name: 'and', command: 'true && false' },
  { name: 'out', command: 'ls /nonexistent-zzz' },
];

const ROWS = [
  { name: 'quote', command: "sh -c 'exit 3'", state: 'failed', passed: false, exit_code: 3 },
  { name: 'dup', state: 'passed', passed: true, exit_code: 0 },
  { name: 'dup', state: 'passed', passed: true, exit_code: 0 },
  { name: 'nobin', passed: false, exit_code: 127 },
  { name: 'and', passed: false, exit_code: 1 },
  { name: 'out', passed: false, exit_code: 2 },
];

const slow = (stepId: string, seconds: number) => ({
  step_id: stepId,
  title: 'slow validations',
  adapter_profile: 'codex',
  validations: [
    { name: 'slow', command: `sleep ${seconds}` },
    { name: 'bad', command: 'false' },
  ],
});

/** A step is not done before its validations are. */
export const K: Story = {
  section: 'K',
  title: 'validations',
  given: [{ run: 'day0' }],
  cases: [
    {
      id: 'K1',
      name: 'step wait while validations run',
      label: VALIDATED_FIRST,
      given: [{ task: slow('slowval', 1), in: 'day0', until: 'validating' }],
      argv: ['step', 'wait', 'slowval', '--json'],
      exit: 2,
      shape: 'Result',
      values: { state: 'failed_validation', step_id: 'slowval' },
      err: ['[BRIDGE] Mission Handle slowval reached terminal condition: failed_validation'],
    },
    {
      id: 'K2',
      name: 'the step while validations run',
      label: SAME,
      given: [{ task: slow('slower', 60), in: 'day0', until: 'validating' }],
      request: get('/api/v1/steps/slower'),
      answer: json(200, 'Step', { state: 'validating', validations: [{ name: 'slow' }, { name: 'bad' }] }),
    },
    {
      id: 'K3',
      name: 'the result when they have ended',
      label: SAME,
      request: get('/api/v1/steps/slowval/result'),
      answer: json(200, 'Result', {
        state: 'failed_validation',
        summary: 'Validation failed: 1 passed, 1 failed.',
        validations: [
          { name: 'slow', passed: true },
          { name: 'bad', passed: false },
        ],
      }),
    },
    {
      id: 'K4',
      name: 'the validations when they have ended',
      label: FILLED,
      request: get('/api/v1/steps/slowval/validations'),
      answer: json(200, 'Validations', {
        'slowval-a1': [
          { name: 'slow', command: 'sleep 1', state: 'passed', passed: true, exit_code: 0 },
          { name: 'bad', command: 'false', state: 'failed', passed: false, exit_code: 1 },
        ],
      }),
    },
    {
      id: 'K5',
      name: 'the step when they have ended',
      label: SAME,
      request: get('/api/v1/steps/slowval'),
      answer: json(200, 'Step', {
        state: 'failed_validation',
        status_reason: 'Validation failed: 1 passed, 1 failed.',
      }),
    },
    {
      id: 'K6',
      name: 'quotes, doubles, missing programs and shells',
      label: FILLED,
      given: [
        { task: { step_id: 'valcases', adapter_profile: 'codex', validations: CASES }, in: 'day0', until: 'ended' },
      ],
      request: get('/api/v1/steps/valcases/validations'),
      answer: json(200, 'Validations', { 'valcases-a1': ROWS }),
      also: [
        {
          request: post('/api/v1/runs/day0/steps', '{"goal":"g","validations":[{"name":"empty","command":""}]}'),
          answer: plain(400, 'validations[0].command: must not be blank'),
        },
      ],
    },
    {
      id: 'K7',
      name: 'the result of those',
      label: FILLED,
      request: get('/api/v1/steps/valcases/result'),
      answer: json(200, 'Result', {
        state: 'failed_validation',
        summary: 'Validation failed: 2 passed, 4 failed.',
        validations: ROWS,
      }),
    },
  ],
};
