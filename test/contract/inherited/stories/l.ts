import { get, json, NULL_LIST } from '../answers.ts';
import { type CliCase, fixed, type Story } from '../case.ts';

const REFUSED = fixed(
  10,
  'an attempt that could not start ended `failed_retryable`, `failed_bridge` or `completed`, by the agent; the wait exited 2 or 5',
  [
    'the submit is refused, with what to install or set: exit 1, and nothing is stored',
    'what is missing is known before the task is taken',
  ],
);

const NOBODY_ELSE = fixed(5, 'seconds later another agent, ide-chat, had taken its place and failed', [
  'there is no step, no attempt and no other agent',
  'who names an agent means that one',
]);

const missing = (id: string, agent: string, variable: string): CliCase => ({
  id,
  name: `submit to ${agent}, which is not installed`,
  label: REFUSED,
  argv: ['submit', 'r1', '--goal', 'x', '--adapter', agent, '--wait', '--json'],
  exit: 1,
  out: [
    `executor \\"${agent}\\" is not available here: ${variable} names \\"/nowhere/${agent}\\", and no program is there: `,
    `or set \\"program\\" of the profile or ${variable} to where it is`,
  ],
});

const unknown = (id: string, name: string): CliCase => ({
  id,
  name: `submit to ${name}`,
  label: REFUSED,
  argv: ['submit', 'r1', '--goal', 'x', '--adapter', name, '--wait', '--json'],
  exit: 1,
  out: [`there is no executor \\"${name}\\"`, 'known ones: simulation, command, '],
});

/** Real agents, none of which is there. */
export const L: Story = {
  section: 'L',
  title: 'agents that are not installed',
  env: {
    ALL_ADAPTERS_SIMULATION_MODE: '0',
    CODEX_BINARY: '/nowhere/codex',
    QWEN_BINARY: '/nowhere/qwen',
    CLAUDE_BINARY: '/nowhere/claude',
  },
  given: [{ run: 'r1' }],
  cases: [
    missing('L1', 'codex', 'CODEX_BINARY'),
    {
      id: 'L2',
      name: 'what is left of it',
      label: NOBODY_ELSE,
      request: get('/api/v1/runs/r1/steps'),
      answer: NULL_LIST,
    },
    {
      id: 'L3',
      name: 'its run',
      label: NOBODY_ELSE,
      request: get('/api/v1/runs/r1'),
      answer: json(200, 'Run', { id: 'r1', state: 'running' }),
    },
    missing('L4', 'qwen', 'QWEN_BINARY'),
    missing('L5', 'claude', 'CLAUDE_BINARY'),
    unknown('L6', 'antigravity'),
    unknown('L7', 'antigravity-broker'),
  ],
};
