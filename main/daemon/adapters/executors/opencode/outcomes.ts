import { BROKEN_AND_UNCHANGED, type OutcomeRow } from '../agent/outcome-table.ts';

/**
 * What a run of opencode comes to. It tells of no end: `terminal` is why its last request ended, or `error`; null: after
 * that request it would have made another.
 */
export const OPENCODE_OUTCOMES: readonly OutcomeRow[] = [
  {
    rule: 'OPENCODE-11',
    when: { terminal: ['stop'], exit: 'nonzero' },
    comesTo: 'adapter_failed',
    because: 'opencode had answered and then failed',
  },
  {
    rule: 'OPENCODE-12',
    when: { terminal: ['stop'], exit: 'signal' },
    comesTo: 'adapter_failed',
    because: 'opencode had answered and then was killed',
  },
  {
    rule: 'OPENCODE-13',
    when: { terminal: ['stop'], denials: true, changes: false },
    comesTo: 'permission_denied',
    because: null,
  },
  {
    rule: 'OPENCODE-14',
    when: { terminal: ['stop'], brokenCalls: true, changes: false },
    comesTo: 'model_failed',
    because: BROKEN_AND_UNCHANGED,
  },
  { rule: 'OPENCODE-15', when: { terminal: ['stop'], answer: true }, comesTo: 'completed', because: null },
  { rule: 'OPENCODE-16', when: { terminal: ['stop'], changes: true }, comesTo: 'completed', because: null },
  {
    rule: 'OPENCODE-17',
    when: { terminal: ['stop'] },
    comesTo: 'model_failed',
    because: 'opencode ended without an answer, and nothing was changed',
  },
  {
    rule: 'OPENCODE-18',
    when: { terminal: ['length'] },
    comesTo: 'model_failed',
    because: 'The answer of the model was cut off at its longest',
  },
  {
    rule: 'OPENCODE-19',
    when: { terminal: ['content-filter'] },
    comesTo: 'command_failed',
    because: 'The service behind the model withheld its answer because of what was in it',
  },
  { rule: 'OPENCODE-20', when: { error: ['auth'] }, comesTo: 'auth_failed', because: null },
  { rule: 'OPENCODE-21', when: { error: ['rate_limit'] }, comesTo: 'rate_limited', because: null },
  { rule: 'OPENCODE-22', when: { error: ['model'] }, comesTo: 'model_failed', because: null },
  { rule: 'OPENCODE-23', when: { denials: true }, comesTo: 'permission_denied', because: null },
  {
    rule: 'OPENCODE-24',
    when: {},
    comesTo: 'adapter_failed',
    because: 'opencode ended in the middle of its work',
  },
];
