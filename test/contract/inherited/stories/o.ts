import { join } from 'node:path';

import { get, json, text } from '../answers.ts';
import { fixed, SAME, type Story } from '../case.ts';
import { containing } from '../containing.ts';

const RESULT = '{"type":"result","subtype":"success","is_error":false,"result":"ok from claude","session_id":"s1"}';

/** Speaks as Claude Code does, and keeps what it was told. */
const STAND_IN = `#!/bin/sh
[ "$1" = --version ] && exec echo 'stand-in 1'
read -r told
printf '%s\\n' "$told" >&2
echo '{"type":"system","subtype":"init","session_id":"s1","model":"m"}'
echo '${RESULT}'
`;

/** Says what it did, and fails all the same. */
const FAILING = `#!/bin/sh
read -r told
echo '{"type":"result","subtype":"success","is_error":true,"terminal_reason":"api_error","result":"401: log in first","session_id":"s1"}'
exit 1
`;

const profileOf = (program: string) => `agent: claude\nprogram: [/bin/sh, "{repo}/.codencer/${program}"]\n`;

const TASK = {
  title: 'Full',
  goal: 'Do it',
  context: { summary: 'ctx' },
  constraints: ['c1', 'c2'],
  acceptance: ['acc'],
  validations: [{ name: 'v', command: 'true' }, { command: 'ls' }],
  stop_conditions: ['stop'],
  timeout_seconds: 50,
};

const PROMPT =
  'Task Title\nFull\n\nGoal\nDo it\n\nContext\nctx\n\nConstraints\n- c1\n- c2\n\nAcceptance Criteria\n- acc\n\n' +
  'Validations\n- v: true\n- ls\n\nStop Conditions\n- stop\n\nTimeout Seconds\n50';

const SPOKEN_TO = fixed(
  'unlisted',
  'it was called for one answer at its end, and could not be asked, watched or stopped in time',
  [
    'it is spoken to line by line; the same task, in the same words, comes on its standard input',
    'an agent that asks has to be answered while it works',
  ],
);

const TOLD_QWEN = fixed(10, 'it was called as `run --workspace … --output …`, and never got its task', [
  'it is spoken to line by line, and the task comes on its standard input',
  'an agent that does not know its task cannot do it',
]);

const CALLED_ACPX = fixed(
  'unlisted',
  'it was called as `prompt --session … --wait-for-completion <goal>`, with the goal for all to see, and was asked for its status in the folder of the daemon',
  [
    '`acpx … exec -f -` in the worktree, with the task on its standard input; what it prints is its status',
    'arguments are shown to every user of a machine',
  ],
);

const WAITED_FOR = fixed(10, 'the step had failed as soon as the chat was told, by a sentence without the task', [
  'the whole task is in the file, and the step waits, behind a gate of kind `manual`, for the file of the result',
  'a person with a chat needs more than a moment',
]);

const toldAsMessage = (text: string): string =>
  JSON.stringify({ type: 'user', message: { role: 'user', content: [{ type: 'text', text }] } });

/** Executable files, for the variables that name programs. */
const PROGRAMS = join(import.meta.dirname, '../../../fixtures/programs');

/** What stand-ins for the other agents are called with, and what becomes of what they say. */
export const O: Story = {
  section: 'O',
  title: 'what the other agents are called with',
  env: {
    ALL_ADAPTERS_SIMULATION_MODE: '0',
    QWEN_BINARY: join(PROGRAMS, 'stand-in-qwen.sh'),
    OPENCLAW_ACPX_BINARY: join(PROGRAMS, 'stand-in-acpx.sh'),
  },
  given: [
    { run: 'r5' },
    { file: '.codencer/stand-in', holds: STAND_IN },
    { file: '.codencer/failing', holds: FAILING },
    { file: '.codencer/executors/claude.yaml', holds: profileOf('stand-in') },
    { file: '.codencer/executors/failing.yaml', holds: profileOf('failing') },
    { task: { step_id: 'cl1', adapter_profile: 'claude', ...TASK }, in: 'r5', until: 'ended' },
    { task: { step_id: 'cl2', adapter_profile: 'failing', goal: 'fail' }, in: 'r5', until: 'ended' },
    { task: { step_id: 'qw1', adapter_profile: 'qwen', goal: 'qwen goal' }, in: 'r5', until: 'ended' },
    { task: { step_id: 'ac1', adapter_profile: 'openclaw-acpx', goal: 'acpx goal' }, in: 'r5', until: 'ended' },
    { task: { step_id: 'ide1', adapter_profile: 'ide-chat', goal: 'chat goal' }, in: 'r5', until: 'ended' },
  ],
  cases: [
    {
      id: 'O1',
      name: 'how Claude was called, and what it was told',
      label: SPOKEN_TO,
      request: get('/api/v1/attempts/cl1-a1'),
      answer: json(200, 'Anything', {
        invocation: {
          argv: containing(['-p', '--input-format', '--output-format', 'stream-json']),
          program: '/bin/sh',
        },
      }),
      also: [
        {
          request: get('/api/v1/steps/cl1/logs?stream=stderr'),
          answer: {
            status: 200,
            type: 'text/plain',
            exact: `${toldAsMessage(PROMPT)}\n`,
          },
        },
      ],
    },
    {
      id: 'O2',
      name: 'its result',
      label: SAME,
      request: get('/api/v1/steps/cl1/result'),
      answer: json(200, 'Result', { state: 'completed', adapter: 'claude', summary: /^ok from claude/ }),
    },
    {
      id: 'O3',
      name: 'its log',
      label: SAME,
      request: get('/api/v1/steps/cl1/logs'),
      answer: text(`{"type":"system","subtype":"init","session_id":"s1","model":"m"}\n${RESULT}\n`),
    },
    {
      id: 'O4',
      name: 'its files',
      label: SAME,
      request: get('/api/v1/steps/cl1/artifacts'),
      answer: json(
        200,
        'Artifacts',
        containing([
          { name: 'normalized-task.json' },
          { name: 'prompt.txt' },
          { name: 'stderr.log' },
          { name: 'stdout.log' },
        ]),
      ),
      also: [
        {
          request: get('/api/v1/steps/cl2/result'),
          answer: json(200, 'Result', { state: /^failed/, exit_code: 1, adapter: 'failing' }),
        },
      ],
    },
    {
      id: 'O5',
      name: 'how Qwen was called',
      label: TOLD_QWEN,
      request: get('/api/v1/attempts/qw1-a1'),
      answer: json(200, 'Anything', {
        invocation: {
          argv: containing(['--input-format', '--output-format', 'stream-json']),
          program: /\/stand-in-qwen\.sh$/,
        },
      }),
      also: [
        {
          request: get('/api/v1/steps/qw1/logs?stream=stderr'),
          answer: { status: 200, type: 'text/plain', exact: `${toldAsMessage('Goal\nqwen goal')}\n` },
        },
      ],
    },
    {
      id: 'O6',
      name: 'the result of Qwen',
      label: SAME,
      request: get('/api/v1/steps/qw1/result'),
      answer: json(200, 'Result', { state: 'completed', adapter: 'qwen', summary: /^qwen ok/ }),
    },
    {
      id: 'O7',
      name: 'the log of Qwen',
      label: fixed('unlisted', 'there was no log, 204', ['it is there', 'what an agent printed is evidence']),
      request: get('/api/v1/steps/qw1/logs'),
      answer: { status: 200, type: 'text/plain' },
    },
    {
      id: 'O8',
      name: 'how acpx was called',
      label: CALLED_ACPX,
      request: get('/api/v1/attempts/ac1-a1'),
      answer: json(200, 'Anything', {
        invocation: { argv: containing(['--format', 'json', 'exec', '-f', '-']), program: /\/stand-in-acpx\.sh$/ },
      }),
      also: [{ request: get('/api/v1/steps/ac1/logs?stream=stderr'), answer: text('Goal\nacpx goal') }],
    },
    {
      id: 'O9',
      name: 'the result of acpx',
      label: fixed(10, 'it was `completed` whatever happened, with a sentence about a log', [
        'it is what the agent behind acpx came to, in its own words',
        'nothing is completed because a process ended',
      ]),
      request: get('/api/v1/steps/ac1/result'),
      answer: json(200, 'Result', { state: 'completed', adapter: 'openclaw-acpx', summary: /^acpx ok/ }),
    },
    {
      id: 'O10',
      name: 'the result of a chat in an IDE',
      label: WAITED_FOR,
      request: get('/api/v1/steps/ide1'),
      answer: json(200, 'Step', { adapter: 'ide-chat', state: 'needs_approval' }),
      also: [
        {
          request: get('/api/v1/gates?step=ide1'),
          answer: json(200, 'Anything', containing([{ kind: 'manual', state: 'pending' }])),
        },
      ],
    },
  ],
};
