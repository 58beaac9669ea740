import { get, json, NULL_LIST, text } from '../answers.ts';
import { fixed, SAME, type Story } from '../case.ts';
import { containing } from '../containing.ts';

const FILES = ['normalized-task.json', 'original-input.json', 'result.json', 'stdout.log'];
const RUN = { id: 'day0', project_id: 'my-project', state: 'running', recovery_notes: '' };

/** One step that has ended, read in every way. */
export const C: Story = {
  section: 'C',
  title: 'one finished step over plain HTTP',
  given: [
    { run: 'day0', project: 'my-project' },
    {
      task: {
        step_id: 'goal-task',
        title: 'Goal task',
        goal: 'Fix <b>bold</b> & ship',
        adapter_profile: 'codex',
        timeout_seconds: 60,
        policy_bundle: 'default_safe_refactor',
        validations: [
          { name: 'validation-1', command: 'true' },
          { name: 'validation-2', command: 'git status' },
        ],
      },
      in: 'day0',
      until: 'ended',
    },
  ],
  cases: [
    {
      id: 'C1',
      name: 'the step',
      label: SAME,
      request: get('/api/v1/steps/goal-task'),
      answer: json(200, 'Step', {
        id: 'goal-task',
        phase_id: 'phase-execution-day0',
        title: 'Goal task',
        goal: 'Fix <b>bold</b> & ship',
        state: 'completed',
        policy: 'default_safe_refactor',
        adapter: 'codex',
        timeout_seconds: 60,
        validations: [
          { name: 'validation-1', command: 'true' },
          { name: 'validation-2', command: 'git status' },
        ],
      }),
    },
    {
      id: 'C2',
      name: 'its result',
      label: fixed(28, 'times of the result were never set, `0001-01-01T00:00:00Z`', [
        'the times of the attempt',
        'the keys are the same; now they say something',
      ]),
      request: get('/api/v1/steps/goal-task/result'),
      answer: json(200, 'Result', {
        version: 'v1',
        run_id: 'day0',
        phase_id: 'phase-execution-day0',
        step_id: 'goal-task',
        adapter: 'codex',
        requested_adapter: 'codex',
        state: 'completed',
        provisioning: { success: true, summary: '', log: [] },
        summary: 'Simulated successful codex task. (Validations: 2 passed)',
        files_changed: null,
        validations: [{ passed: true }, { passed: true }],
        warnings: null,
        questions: null,
        artifacts: { normalized_task_ref: /normalized-task\.json$/, original_input_ref: /original-input\.json$/ },
        raw_output_ref: /stdout\.log$/,
        is_simulation: true,
        retryable: false,
        created_at: /^20/,
        updated_at: /^20/,
      }),
    },
    {
      id: 'C3',
      name: 'its log',
      label: SAME,
      request: get('/api/v1/steps/goal-task/logs'),
      answer: text('Executing Simulated codex for attempt goal-task-a1\n'),
    },
    {
      id: 'C4',
      name: 'its artifacts',
      label: fixed(22, 'the provenance files were listed twice, once without a hash', [
        'one row for each file, each with its SHA-256',
        'an artifact without a hash proves nothing',
      ]),
      request: get('/api/v1/steps/goal-task/artifacts'),
      answer: json(200, 'Artifacts', containing(FILES.map((name) => ({ name, hash: /^[0-9a-f]{64}$/ })))),
    },
    {
      id: 'C5',
      name: 'its validations',
      label: fixed(23, 'command, state, exit code and duration of a validation stayed empty', [
        'every field is filled',
        'who reads that a check failed has to see which and how',
      ]),
      request: get('/api/v1/steps/goal-task/validations'),
      answer: json(200, 'Validations', {
        'goal-task-a1': [
          { name: 'validation-1', command: 'true', state: 'passed', passed: true, exit_code: 0 },
          { name: 'validation-2', command: 'git status', state: 'passed', passed: true, exit_code: 0 },
        ],
      }),
    },
    { id: 'C6', name: 'the run', label: SAME, request: get('/api/v1/runs/day0'), answer: json(200, 'Run', RUN) },
    {
      id: 'C7',
      name: 'its steps',
      label: SAME,
      request: get('/api/v1/runs/day0/steps'),
      answer: json(200, 'Steps', [{ id: 'goal-task' }]),
    },
    { id: 'C8', name: 'its gates', label: SAME, request: get('/api/v1/runs/day0/gates'), answer: NULL_LIST },
    {
      id: 'C9',
      name: 'a path below a run that means nothing',
      label: SAME,
      request: get('/api/v1/runs/day0/whatever'),
      answer: json(200, 'Run', RUN),
    },
    {
      id: 'C10',
      name: 'benchmarks of the adapter',
      label: SAME,
      request: get('/api/v1/benchmarks?adapter=codex'),
      answer: json(200, 'Benchmarks', [{ adapter: 'codex', attempt_id: 'goal-task-a1', is_simulation: true }]),
    },
  ],
};
