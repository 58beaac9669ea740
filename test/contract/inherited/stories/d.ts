import { fixed, SAME, type Story } from '../case.ts';
import { STATE_AT_ONCE } from './labels.ts';

const TASK = {
  version: 'v1',
  title: 'From a file',
  goal: 'Fix the bug',
  adapter_profile: 'codex',
  validations: [{ name: 'ls', command: 'ls' }],
};
const AUTO_WAIT = [
  /^==> Auto-waiting for Step \S+\.\.\.$/m,
  /^\[BRIDGE\] Mission Handle \S+ reached terminal condition: completed$/m,
];

/** Every way to hand a task over. */
export const D: Story = {
  section: 'D',
  title: 'the sources of a task',
  files: {
    'README.md': '# sample\n',
    'in/task.yaml':
      'title: From a file\ngoal: Fix the bug\nadapter_profile: codex\nvalidations:\n  - name: ls\n    command: ls\n',
    'in/task.json': JSON.stringify({ ...TASK, title: 'From JSON', adapter_profile: 'claude' }),
    'in/my-prompt.md': '# Do it\n\nall of it\n',
  },
  given: [{ run: 'day0' }],
  cases: [
    {
      id: 'D1',
      name: 'a YAML file, and wait',
      label: fixed(3, 'the first look after a submit was 404 in 7 of 25 cases, and the wait ended with exit 1', [
        'the step is on disk before the 202 goes out',
        'whoever asks next finds it',
      ]),
      argv: ['submit', 'day0', 'in/task.yaml', '--wait', '--json'],
      exit: 0,
      shape: 'Result',
      values: {
        state: 'completed',
        adapter: 'codex',
        summary: 'Simulated successful codex task. (Validations: 1 passed)',
        validations: [{ name: 'ls', passed: true }],
        artifacts: { original_input_ref: /original-input\.yaml$/ },
      },
      err: AUTO_WAIT,
    },
    {
      id: 'D2',
      name: 'a JSON file, in the same second',
      label: fixed(4, 'ids counted seconds: the second submit of a second got the result of the first', [
        'every step has an id of its own',
        'a result that belongs to another task is worse than none',
      ]),
      argv: ['submit', 'day0', '--task-json', 'in/task.json', '--wait', '--json'],
      exit: 0,
      shape: 'Result',
      values: {
        state: 'completed',
        adapter: 'claude',
        requested_adapter: 'claude',
        summary: 'Simulated successful claude task. (Validations: 1 passed)',
        artifacts: { original_input_ref: /original-input\.json$/ },
      },
      err: AUTO_WAIT,
    },
    {
      id: 'D3',
      name: 'a prompt file',
      label: fixed(28, 'a result of `qwen` had no `version`, no log and claimed to be no simulation', [
        'every executor fills every field',
        'a simulated result that calls itself real is untrue',
      ]),
      argv: ['submit', 'day0', '--prompt-file', 'in/my-prompt.md', '--adapter', 'qwen', '--wait', '--json'],
      exit: 0,
      shape: 'Result',
      values: {
        state: 'completed',
        version: 'v1',
        adapter: 'qwen',
        is_simulation: true,
        summary: 'Simulated successful qwen task.',
        validations: [],
        artifacts: { original_input_ref: /original-input\.md$/ },
        raw_output_ref: /stdout\.log$/,
      },
      err: AUTO_WAIT,
    },
    {
      id: 'D4',
      name: 'standard input as the goal',
      label: SAME,
      argv: ['submit', 'day0', '--stdin', '--title', 'From stdin', '--adapter', 'openclaw-acpx', '--wait', '--json'],
      stdin: 'Do what stands here\n',
      exit: 0,
      shape: 'Result',
      values: {
        state: 'completed',
        adapter: 'openclaw-acpx',
        is_simulation: true,
        summary: 'Simulated OpenClaw execution successful.',
        artifacts: { original_input_ref: /original-input\.txt$/ },
      },
      err: AUTO_WAIT,
    },
    {
      id: 'D5',
      name: 'standard input as a task',
      label: SAME,
      argv: ['submit', 'day0', '--task-json', '-', '--wait', '--json'],
      stdin: '{"version":"v1","goal":"Fix typo","title":"Quick Fix","adapter_profile":"codex"}\n',
      exit: 0,
      shape: 'Result',
      values: {
        state: 'completed',
        summary: 'Simulated successful codex task.',
        artifacts: { original_input_ref: /original-input\.json$/ },
      },
      err: AUTO_WAIT,
    },
    {
      id: 'D6',
      name: 'without --wait, --json',
      label: STATE_AT_ONCE,
      argv: ['submit', 'day0', '--goal', 'no wait', '--adapter', 'codex', '--json'],
      exit: 0,
      shape: 'Step',
      values: { title: 'Direct task', goal: 'no wait', state: 'pending', adapter: 'codex', created_at: /^20/ },
      err: '',
    },
    {
      id: 'D7',
      name: 'without --wait, for people',
      label: STATE_AT_ONCE,
      argv: ['submit', 'day0', '--goal', 'no wait 2', '--adapter', 'codex'],
      exit: 0,
      shape: 'Step',
      values: { goal: 'no wait 2', state: 'pending' },
      err: [
        /^\[SUCCESS\] Unified Step UUID: \S+$/m,
        /orchestratorctl step wait \S+/,
        /orchestratorctl step result \S+/,
      ],
    },
  ],
};
