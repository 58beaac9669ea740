import { BROKEN_AND_UNCHANGED, type OutcomeRow } from '../agent/outcome-table.ts';

const DENIED_EXIT = 5;
const TIMEOUT_EXIT = 3;

/** What a run of acpx comes to. `terminal` is the reason why its agent's turn stopped. */
export const ACPX_OUTCOMES: readonly OutcomeRow[] = [
  { rule: 'ACPX-11', when: { exit: [DENIED_EXIT] }, comesTo: 'permission_denied', because: null },
  {
    rule: 'ACPX-12',
    when: { exit: [TIMEOUT_EXIT] },
    comesTo: 'timeout',
    because: 'acpx gave up waiting for its agent',
  },
  {
    rule: 'ACPX-13',
    when: { terminal: ['end_turn', 'cancelled'], denials: true, changes: false },
    comesTo: 'permission_denied',
    because: null,
  },
  { rule: 'ACPX-14', when: { error: ['auth'] }, comesTo: 'auth_failed', because: null },
  { rule: 'ACPX-15', when: { error: ['rate_limit'] }, comesTo: 'rate_limited', because: null },
  { rule: 'ACPX-16', when: { error: ['model'] }, comesTo: 'model_failed', because: null },
  { rule: 'ACPX-17', when: { error: ['loop'] }, comesTo: 'request_loop', because: null },
  {
    rule: 'ACPX-18',
    when: { terminal: ['end_turn'], exit: 'nonzero' },
    comesTo: 'adapter_failed',
    because: 'The turn of the agent ended well and acpx failed',
  },
  {
    rule: 'ACPX-19',
    when: { terminal: ['end_turn'], brokenCalls: true, changes: false },
    comesTo: 'model_failed',
    because: BROKEN_AND_UNCHANGED,
  },
  { rule: 'ACPX-20', when: { terminal: ['end_turn'], answer: true }, comesTo: 'completed', because: null },
  { rule: 'ACPX-21', when: { terminal: ['end_turn'], changes: true }, comesTo: 'completed', because: null },
  {
    rule: 'ACPX-22',
    when: { terminal: ['end_turn'] },
    comesTo: 'model_failed',
    because: 'The agent ended its turn without a word, and nothing was changed',
  },
  {
    rule: 'ACPX-23',
    when: { terminal: ['max_tokens', 'max_turn_requests'] },
    comesTo: 'limit_reached',
    because: 'The agent reached a limit of its own: tokens or requests of a turn',
  },
  {
    rule: 'ACPX-24',
    when: { terminal: ['refusal'] },
    comesTo: 'command_failed',
    because: 'The agent refused the task',
  },
  {
    rule: 'ACPX-25',
    when: {},
    comesTo: 'adapter_failed',
    because: 'acpx ended before the turn of its agent did',
  },
];
