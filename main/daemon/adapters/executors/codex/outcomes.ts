import { BROKEN_AND_UNCHANGED, type OutcomeRow } from '../agent/outcome-table.ts';

/**
 * What a run of Codex comes to, by either of its interfaces. The words of `terminal` are those of the app-server for the
 * end of a turn; `exec` says the same as `turn.completed` and `turn.failed`.
 */
export const CODEX_OUTCOMES: readonly OutcomeRow[] = [
  {
    rule: 'CODEX-20',
    when: { terminal: ['completed'], exit: 'nonzero' },
    comesTo: 'adapter_failed',
    because: 'Codex told of success and then failed',
  },
  {
    rule: 'CODEX-21',
    when: { terminal: ['completed'], denials: true, changes: false },
    comesTo: 'permission_denied',
    because: null,
  },
  {
    rule: 'CODEX-22',
    when: { terminal: ['completed'], brokenCalls: true, changes: false },
    comesTo: 'model_failed',
    because: BROKEN_AND_UNCHANGED,
  },
  {
    rule: 'CODEX-23',
    when: { terminal: ['completed'], answer: false, changes: false },
    comesTo: 'model_failed',
    because: 'Codex ended its turn without an answer and without a change',
  },
  { rule: 'CODEX-24', when: { terminal: ['completed'] }, comesTo: 'completed', because: null },
  { rule: 'CODEX-25', when: { error: ['auth'] }, comesTo: 'auth_failed', because: null },
  { rule: 'CODEX-26', when: { error: ['rate_limit'] }, comesTo: 'rate_limited', because: null },
  { rule: 'CODEX-27', when: { error: ['limit'] }, comesTo: 'limit_reached', because: null },
  { rule: 'CODEX-28', when: { error: ['refusal'] }, comesTo: 'command_failed', because: null },
  { rule: 'CODEX-29', when: { error: ['model'] }, comesTo: 'model_failed', because: null },
  {
    rule: 'CODEX-30',
    when: { terminal: ['interrupted'], error: 'none' },
    comesTo: 'adapter_failed',
    because: 'The turn of Codex was interrupted',
  },
  {
    rule: 'CODEX-31',
    when: { terminal: [null], error: 'none' },
    comesTo: 'adapter_failed',
    because: 'Codex ended without telling how its turn ended',
  },
  { rule: 'CODEX-32', when: {}, comesTo: 'adapter_failed', because: null },
];
