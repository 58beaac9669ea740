import { fixed, SAME, type Story, type StubCase } from '../case.ts';

const AT = '2026-11-20T06:37:08.020673891Z';
const STEP = { id: 's1', phase_id: 'p', title: 'T', goal: 'g', state: 'pending', created_at: AT, updated_at: AT };
const RESULT = {
  version: 'v1',
  run_id: 'r',
  step_id: 's1',
  attempt_id: 's1-a1',
  state: 'completed',
  summary: 'done',
  validations: [],
  artifacts: {},
  created_at: AT,
  updated_at: AT,
};

type Row = Partial<Omit<StubCase, 'id' | 'name' | 'stub'>> & { readonly stub?: Partial<StubCase['stub']> };

const row = (id: string, name: string, { stub = {}, ...more }: Row): StubCase => ({
  id,
  name,
  label: SAME,
  exit: 0,
  isReadable: true,
  ...more,
  stub: { status: 202, step: STEP, resultStatus: 200, result: RESULT, ...stub },
});

const unreadable = (id: string, name: string, result: object): StubCase =>
  row(id, name, { stub: { result: { ...RESULT, ...result } }, exit: 5, isReadable: false, error: 'parsing response' });

const WAITED = fixed('unlisted', 'the client printed it and ended with exit 0, without waiting for anything', [
  'our client says what it cannot read, exit 5; our daemon never answers so',
  'a success that nobody looked at is none',
]);

/** What the inherited client makes of answers that a daemon could give: its own tolerance, and that of ours. */
export const Y: Story = {
  section: 'Y',
  title: 'the tolerance of the client',
  cases: [
    row('Y1', 'keys that it does not know', {
      stub: { step: { ...STEP, new_key: 1 }, result: { ...RESULT, another: { of: 'them' } } },
    }),
    row('Y2', '201 instead of 202, and a gate', {
      stub: { status: 201, result: { ...RESULT, state: 'needs_approval' } },
      exit: 4,
    }),
    row('Y3', 'a step that needs attention', {
      stub: { result: { ...RESULT, state: 'needs_manual_attention' } },
      exit: 4,
    }),
    row('Y4', 'a failed validation, times with milliseconds', {
      stub: { result: { ...RESULT, state: 'failed_validation', created_at: '2026-11-20T06:37:08.020Z' } },
      exit: 2,
    }),
    unreadable('Y5', 'an artifact that is no text', { artifacts: { a: { path: '/a' } } }),
    row('Y6', 'an empty time', {
      label: fixed('unlisted', 'one empty time made the whole result unreadable: exit 5', [
        'our client reads the rest; our daemon never sends an empty time',
        'what is missing is not needed for the state',
      ]),
      stub: { result: { ...RESULT, validations: [{ name: 'v', updated_at: '' }] } },
      isReadable: false,
    }),
    unreadable('Y7', 'a duration with a fraction', { validations: [{ name: 'v', duration_ms: 1.5 }] }),
    row('Y8', 'times that are null', {
      stub: { step: { ...STEP, created_at: null }, result: { ...RESULT, created_at: null } },
    }),
    row('Y9', 'a step with an empty time', {
      label: WAITED,
      stub: { step: { ...STEP, created_at: '' } },
      exit: 5,
      isReadable: false,
      error: 'parsing response',
    }),
    row('Y10', 'an empty answer to the submit', {
      label: WAITED,
      stub: { step: '' },
      exit: 5,
      isReadable: false,
      error: 'parsing response',
    }),
    row('Y11', 'a fault in the middle of a wait', {
      stub: { resultStatus: 503, result: 'later\n' },
      exit: 5,
      error: 'request_failed',
    }),
    row('Y12', 'a submit that is refused with 409', {
      stub: { status: 409, step: 'taken\n' },
      exit: 5,
      error: 'request_failed',
    }),
    row('Y13', 'a state that is no end', {
      stub: { result: { ...RESULT, state: 'thinking' } },
      argv: ['step', 'wait', 's1', '--interval', '50ms', '--timeout', '200ms', '--json'],
      exit: 3,
      error: 'client_side_timeout',
    }),
  ],
};
