import { BROKEN_AND_UNCHANGED, type OutcomeRow } from '../agent/outcome-table.ts';

/** What a run of Claude Code comes to. The words of `terminal` are those of `endOf` in read-result.ts. */
export const CLAUDE_OUTCOMES: readonly OutcomeRow[] = [
  {
    rule: 'CLAUDE-11',
    when: { terminal: ['success'], exit: 'nonzero' },
    comesTo: 'adapter_failed',
    because: 'Claude told of success and then failed',
  },
  {
    rule: 'CLAUDE-12',
    when: { terminal: ['success'], denials: true, changes: false },
    comesTo: 'permission_denied',
    because: null,
  },
  {
    rule: 'CLAUDE-13',
    when: { terminal: ['success'], brokenCalls: true, changes: false },
    comesTo: 'model_failed',
    because: BROKEN_AND_UNCHANGED,
  },
  {
    rule: 'CLAUDE-14',
    when: { terminal: ['success'], answer: false, changes: false },
    comesTo: 'model_failed',
    because: 'Claude ended without an answer and without a change',
  },
  { rule: 'CLAUDE-15', when: { terminal: ['success'] }, comesTo: 'completed', because: null },
  {
    rule: 'CLAUDE-16',
    when: { terminal: ['error_max_turns', 'error_max_budget_usd'] },
    comesTo: 'limit_reached',
    because: null,
  },
  { rule: 'CLAUDE-17', when: { error: ['auth'] }, comesTo: 'auth_failed', because: null },
  { rule: 'CLAUDE-18', when: { error: ['rate_limit'] }, comesTo: 'rate_limited', because: null },
  { rule: 'CLAUDE-19', when: { terminal: ['aborted'] }, comesTo: 'adapter_failed', because: 'Claude was interrupted' },
  {
    rule: 'CLAUDE-20',
    when: { terminal: ['error_during_execution'] },
    comesTo: 'adapter_failed',
    because: null,
  },
  { rule: 'CLAUDE-21', when: { error: ['model'] }, comesTo: 'model_failed', because: null },
  {
    rule: 'CLAUDE-22',
    when: { terminal: [null] },
    comesTo: 'adapter_failed',
    because: 'Claude ended without telling a result',
  },
  { rule: 'CLAUDE-23', when: {}, comesTo: 'command_failed', because: null },
];
