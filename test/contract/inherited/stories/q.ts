import { get, json } from '../answers.ts';
import { fixed, type HttpCase, SAME, type Story } from '../case.ts';

const OWN_REPOSITORY = fixed(
  8,
  'worktrees came from the folder that the daemon was started in, not from `--repo-root`',
  [
    'the repository that was named is the one that is worked on, wherever the daemon stands',
    'work in the wrong repository is damage',
  ],
);

const worked = (id: string, name: string): HttpCase => ({
  id,
  name,
  label: OWN_REPOSITORY,
  given: [
    { run: id },
    { file: '.codencer/workspace.json', holds: '{"provisioning":{"copy":["declared.txt"]}}' },
    { file: 'declared.txt', holds: 'of the target\n' },
    {
      task: {
        step_id: `who-${id}`,
        adapter_profile: 'codex',
        validations: [{ name: 'who', command: 'cat README.md declared.txt' }],
      },
      in: id,
      until: 'ended',
    },
  ],
  request: get(`/api/v1/steps/who-${id}/result`),
  answer: json(200, 'Result', {
    state: 'completed',
    provisioning: { success: true, environment_files: ['declared.txt'] },
    validations: [{ name: 'who', passed: true }],
  }),
});

/** A daemon that stands in one folder and serves another. */
export const Q: readonly Story[] = [
  {
    section: 'Q',
    title: '--repo-root, from another repository',
    startedIn: 'another repository',
    cases: [
      {
        id: 'Q1',
        name: 'the instance',
        label: SAME,
        request: get('/api/v1/instance'),
        answer: json(200, 'Instance', {
          repo_root: '{repo}',
          state_dir: '{repo}/.codencer',
          workspace_root: /\/\.codencer\//,
        }),
      },
      worked('Q2', 'a step'),
    ],
  },
  {
    section: 'Q',
    title: '--repo-root, from no repository',
    startedIn: 'no repository',
    cases: [worked('Q3', 'a step')],
  },
];
