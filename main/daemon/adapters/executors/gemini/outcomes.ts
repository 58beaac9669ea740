import { BROKEN_AND_UNCHANGED, type OutcomeRow } from '../agent/outcome-table.ts';

/** Its exit status is the HTTP status modulo 256, or one of its own. */
const AUTH_EXITS = [401 % 256, 403 % 256, 41];
const RATE_EXITS = [429 % 256];
const LIMIT_EXIT = 53;
const UNTRUSTED_EXIT = 55;

/** What a run of Gemini CLI comes to. `terminal` is the `status` of its result event. */
export const GEMINI_OUTCOMES: readonly OutcomeRow[] = [
  { rule: 'GEMINI-11', when: { error: ['loop'] }, comesTo: 'request_loop', because: null },
  { rule: 'GEMINI-12', when: { error: ['limit'] }, comesTo: 'limit_reached', because: null },
  {
    rule: 'GEMINI-13',
    when: { terminal: ['success'], exit: 'nonzero' },
    comesTo: 'adapter_failed',
    because: 'Gemini CLI told of success and then failed',
  },
  {
    rule: 'GEMINI-14',
    when: { terminal: ['success'], denials: true, changes: false },
    comesTo: 'permission_denied',
    because: null,
  },
  {
    rule: 'GEMINI-15',
    when: { terminal: ['success'], brokenCalls: true, changes: false },
    comesTo: 'model_failed',
    because: BROKEN_AND_UNCHANGED,
  },
  {
    rule: 'GEMINI-16',
    when: { terminal: ['success'], answer: false, changes: false },
    comesTo: 'model_failed',
    because: 'Gemini CLI ended without an answer and without a change',
  },
  { rule: 'GEMINI-17', when: { terminal: ['success'] }, comesTo: 'completed', because: null },
  { rule: 'GEMINI-18', when: { error: ['auth'] }, comesTo: 'auth_failed', because: null },
  {
    rule: 'GEMINI-19',
    when: { exit: AUTH_EXITS },
    comesTo: 'auth_failed',
    because: 'Gemini CLI was not accepted by its service, or found no key',
  },
  { rule: 'GEMINI-20', when: { error: ['rate_limit'] }, comesTo: 'rate_limited', because: null },
  {
    rule: 'GEMINI-21',
    when: { exit: RATE_EXITS },
    comesTo: 'rate_limited',
    because: 'The service behind Gemini CLI had no room for it',
  },
  {
    rule: 'GEMINI-22',
    when: { exit: [LIMIT_EXIT] },
    comesTo: 'limit_reached',
    because: 'Gemini CLI reached its own limit of turns',
  },
  {
    rule: 'GEMINI-23',
    when: { terminal: [null], exit: [UNTRUSTED_EXIT] },
    comesTo: 'adapter_failed',
    because: 'Gemini CLI does not trust the folder it was started in',
  },
  { rule: 'GEMINI-24', when: { error: ['model'] }, comesTo: 'model_failed', because: null },
  {
    rule: 'GEMINI-25',
    when: { terminal: [null] },
    comesTo: 'adapter_failed',
    because: 'Gemini CLI ended without telling a result',
  },
  { rule: 'GEMINI-26', when: {}, comesTo: 'command_failed', because: null },
];
