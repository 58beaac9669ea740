import { BROKEN_AND_UNCHANGED, type OutcomeRow } from '../agent/outcome-table.ts';

/** What a turn of an ACP agent comes to. `terminal` is the reason why it stopped, or `error`. */
export const ACP_OUTCOMES: readonly OutcomeRow[] = [
  { rule: 'ACP-21', when: { error: ['auth'] }, comesTo: 'auth_failed', because: null },
  { rule: 'ACP-22', when: { error: ['rate_limit'] }, comesTo: 'rate_limited', because: null },
  { rule: 'ACP-23', when: { error: ['model'] }, comesTo: 'model_failed', because: null },
  { rule: 'ACP-24', when: { error: ['loop'] }, comesTo: 'request_loop', because: null },
  {
    rule: 'ACP-25',
    when: { terminal: ['end_turn'], denials: true, changes: false },
    comesTo: 'permission_denied',
    because: null,
  },
  {
    rule: 'ACP-26',
    when: { terminal: ['end_turn'], brokenCalls: true, changes: false },
    comesTo: 'model_failed',
    because: BROKEN_AND_UNCHANGED,
  },
  { rule: 'ACP-27', when: { terminal: ['end_turn'], answer: true }, comesTo: 'completed', because: null },
  { rule: 'ACP-28', when: { terminal: ['end_turn'], changes: true }, comesTo: 'completed', because: null },
  {
    rule: 'ACP-29',
    when: { terminal: ['end_turn'] },
    comesTo: 'model_failed',
    because: 'The agent ended its turn without a word, and nothing was changed',
  },
  {
    rule: 'ACP-30',
    when: { terminal: ['max_tokens', 'max_turn_requests'] },
    comesTo: 'limit_reached',
    because: 'The agent reached a limit of its own: tokens or requests of a turn',
  },
  { rule: 'ACP-31', when: { terminal: ['refusal'] }, comesTo: 'command_failed', because: 'The agent refused the task' },
  { rule: 'ACP-32', when: { terminal: ['cancelled'], denials: true }, comesTo: 'permission_denied', because: null },
  {
    rule: 'ACP-33',
    when: { terminal: ['cancelled'] },
    comesTo: 'adapter_failed',
    because: 'The agent says that its turn was cancelled, and nobody here did that',
  },
  {
    rule: 'ACP-34',
    when: { terminal: [null] },
    comesTo: 'adapter_failed',
    because: 'The agent went away in the middle of its turn',
  },
  { rule: 'ACP-35', when: {}, comesTo: 'adapter_failed', because: null },
];
