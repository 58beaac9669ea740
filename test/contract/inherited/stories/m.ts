import { get, json, text } from '../answers.ts';
import { fixed, type Story } from '../case.ts';
import { containing } from '../containing.ts';

/** Speaks as Codex does, of work that it did. */
const STAND_IN = `#!/bin/sh
[ "$1" = --version ] && exec echo 'stand-in 1'
cat > told.txt
echo made > NEWFILE.txt
echo 'codex fake stderr line' >&2
echo '{"type":"thread.started","thread_id":"t1"}'
echo '{"type":"turn.started"}'
echo '{"type":"item.completed","item":{"id":"i0","type":"agent_message","text":"real-ish"}}'
echo '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":2}}'
`;

const CALLED = fixed(
  10,
  'it was called as `run --workspace … --output … --title … --goal …`, which no Codex ever understood',
  [
    '`codex exec --json`, with the task on its standard input; the exact arguments are in the record',
    'arguments of another program are answered with its usage',
  ],
);

/** What a stand-in for Codex is called with, and what becomes of its work. */
export const M: Story = {
  section: 'M',
  title: 'what an agent is called with',
  env: { ALL_ADAPTERS_SIMULATION_MODE: '0' },
  given: [
    { run: 'r2' },
    {
      file: '.codencer/executors/codex.yaml',
      holds: 'agent: codex\nprogram: [/bin/sh, "{repo}/.codencer/stand-in"]\n',
    },
    { file: '.codencer/stand-in', holds: STAND_IN },
    { task: { step_id: 'cx1', title: 'T cx1', goal: 'go', adapter_profile: 'codex' }, in: 'r2', until: 'ended' },
  ],
  cases: [
    {
      id: 'M1',
      name: 'how it was called',
      label: CALLED,
      request: get('/api/v1/attempts/cx1-a1'),
      answer: json(200, 'Anything', {
        adapter: 'codex',
        executor_session: 't1',
        invocation: {
          argv: containing(['exec', '--json', '--sandbox', 'workspace-write']),
          profile: 'codex',
          program: '/bin/sh',
        },
      }),
    },
    {
      id: 'M2',
      name: 'its result',
      label: fixed('unlisted', 'what the agent left as `result.json` was the result, whatever it said', [
        'what the agent says is the summary; what it changed is looked at',
        'a state that anybody can write is none',
      ]),
      request: get('/api/v1/steps/cx1/result'),
      answer: json(200, 'Result', {
        state: 'completed',
        adapter: 'codex',
        requested_adapter: 'codex',
        summary: 'real-ish',
        is_simulation: false,
        files_changed: ['NEWFILE.txt', 'told.txt'],
      }),
    },
    {
      id: 'M3',
      name: 'its errors, apart from its output',
      label: fixed('unlisted', 'standard output and errors were one log, in whatever order they came', [
        'each is a log of its own',
        'output that a program has to read must not have prose in it',
      ]),
      request: get('/api/v1/steps/cx1/logs?stream=stderr'),
      answer: text('codex fake stderr line\n'),
    },
    {
      id: 'M4',
      name: 'its work afterwards',
      label: fixed(1, 'the worktree was removed, and the new file with it', [
        'it is a commit that a ref names, and a patch',
        'work is not lost',
      ]),
      request: get('/api/v1/steps/cx1/artifacts'),
      answer: json(
        200,
        'Artifacts',
        containing([
          { name: 'diff.patch' },
          { name: 'invocation.json' },
          { name: 'prompt.txt' },
          { name: 'stdout.log' },
        ]),
      ),
    },
  ],
};
