import { BROKEN_AND_UNCHANGED, type OutcomeRow } from '../agent/outcome-table.ts';

/** Of too many turns; of too much time or too many tool calls. It tells no result then. */
const LIMIT_EXITS = [53, 55];

/** What a run of Qwen Code comes to. The words of `terminal` are those of `endOf` in ../claude/read-result.ts. */
export const QWEN_OUTCOMES: readonly OutcomeRow[] = [
  {
    rule: 'QWEN-11',
    when: { terminal: ['success'], exit: 'nonzero' },
    comesTo: 'adapter_failed',
    because: 'Qwen Code told of success and then failed',
  },
  {
    rule: 'QWEN-12',
    when: { terminal: ['success'], denials: true, changes: false },
    comesTo: 'permission_denied',
    because: null,
  },
  {
    rule: 'QWEN-13',
    when: { terminal: ['success'], brokenCalls: true, changes: false },
    comesTo: 'model_failed',
    because: BROKEN_AND_UNCHANGED,
  },
  {
    rule: 'QWEN-14',
    when: { terminal: ['success'], answer: false, changes: false },
    comesTo: 'model_failed',
    because: 'Qwen Code ended without an answer and without a change',
  },
  { rule: 'QWEN-15', when: { terminal: ['success'] }, comesTo: 'completed', because: null },
  { rule: 'QWEN-16', when: { error: ['loop'] }, comesTo: 'request_loop', because: null },
  { rule: 'QWEN-17', when: { error: ['auth'] }, comesTo: 'auth_failed', because: null },
  { rule: 'QWEN-18', when: { error: ['rate_limit'] }, comesTo: 'rate_limited', because: null },
  {
    rule: 'QWEN-19',
    when: { terminal: [null], exit: LIMIT_EXITS },
    comesTo: 'limit_reached',
    because: 'Qwen Code reached one of its own limits: time, turns or tool calls',
  },
  { rule: 'QWEN-20', when: { error: ['model'] }, comesTo: 'model_failed', because: null },
  {
    rule: 'QWEN-21',
    when: { terminal: [null] },
    comesTo: 'adapter_failed',
    because: 'Qwen Code ended without telling a result',
  },
  { rule: 'QWEN-22', when: {}, comesTo: 'command_failed', because: null },
];
