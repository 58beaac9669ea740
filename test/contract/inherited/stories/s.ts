import { type Case, type FactCase, fixed, SAME, type Story } from '../case.ts';

const NO_RACE = fixed(3, 'the script ended with exit 1 when the first look came before the step was stored', [
  'it completes, every time',
  'the step is on disk before the 202 goes out',
]);

const smoke = (id: string, mode: string): FactCase => ({
  id,
  name: `the smoke script, mode ${mode}`,
  label: SAME,
  fact: `smoke ${mode}`,
});

const wrapper = (id: string, [language, mode]: readonly [string, string], label = SAME): Case => ({
  id,
  name: `the task-list wrapper (${language}), mode ${mode}`,
  label,
  fact: `task list ${language} ${mode}`,
});

/** What the inherited scripts ask the client, in their order, and which keys of the answers they read. */
export const S: Story = {
  section: 'S',
  title: 'the inherited scripts',
  files: {
    'README.md': '# sample\n',
    'tasks/one.yaml':
      'title: One\ngoal: One\nadapter_profile: codex\nvalidations:\n  - name: build-check\n    command: git status\n',
    'tasks/two.yaml': 'title: Two\ngoal: Two\nadapter_profile: codex\n',
    'tasks/one.json': '{"version":"v1","title":"One","goal":"One","adapter_profile":"codex"}',
    'tasks/two.json': '{"version":"v1","title":"Two","goal":"Two","adapter_profile":"codex"}',
    'prompts/one.md': '# One\n',
    'prompts/two.md': '# Two\n',
  },
  cases: [
    {
      id: 'S1',
      name: 'the first smoke script: six submits and an audit',
      label: NO_RACE,
      fact: 'smoke of six submits',
    },
    smoke('S2', 'file'),
    smoke('S3', 'goal'),
    smoke('S4', 'stdin'),
    smoke('S5', 'task-json'),
    wrapper('S6', ['sh', 'goal'], NO_RACE),
    wrapper('S7', ['py', 'goal'], NO_RACE),
    wrapper('S8', ['sh', 'task-file']),
    wrapper('S9', ['py', 'task-file']),
    wrapper('S10', ['sh', 'task-json']),
    wrapper('S11', ['py', 'task-json']),
    wrapper('S12', ['sh', 'prompt-file'], NO_RACE),
    wrapper('S13', ['py', 'prompt-file']),
    {
      id: 'S14',
      name: 'the shell wrapper with --json, which it refused',
      later: 'asks nothing of daemon or client; that our wrappers take it is for their own tests',
    },
  ],
};
