import { describe, expect, it } from 'vitest';
import { CODEX_OUTCOMES } from '../../../../../../main/daemon/adapters/executors/codex/outcomes.ts';
import { ruleFor, type TruthCases, unnoticedMutations } from '../../../../../support/check-truth-table.ts';

const CASES: TruthCases = [
  ['CODEX-20', { terminal: 'completed', exitCode: 1 }],
  ['CODEX-20', { terminal: 'completed', exitCode: 1, hasDenials: true, hasChanges: false }],
  ['CODEX-21', { terminal: 'completed', hasDenials: true, hasChanges: false }],
  ['CODEX-21', { terminal: 'completed', hasDenials: true, hasBrokenCalls: true, hasChanges: false }],
  ['CODEX-22', { terminal: 'completed', hasBrokenCalls: true, hasChanges: false }],
  ['CODEX-22', { terminal: 'completed', hasBrokenCalls: true, hasChanges: false, hasAnswer: false }],
  ['CODEX-23', { terminal: 'completed', hasAnswer: false, hasChanges: false }],
  ['CODEX-24', { terminal: 'completed' }],
  ['CODEX-24', { terminal: 'completed', hasChanges: false }],
  ['CODEX-24', { terminal: 'completed', hasAnswer: false }],
  ['CODEX-24', { terminal: 'completed', hasDenials: true, hasBrokenCalls: true }],
  ['CODEX-24', { terminal: 'completed', exitCode: null }],
  ['CODEX-24', { terminal: 'completed', error: 'model' }],
  ['CODEX-24', { terminal: 'completed', error: 'auth' }],
  ['CODEX-25', { terminal: 'failed', error: 'auth', exitCode: 1 }],
  ['CODEX-25', { terminal: null, error: 'auth', exitCode: 1 }],
  ['CODEX-26', { terminal: 'failed', error: 'rate_limit', exitCode: 1 }],
  ['CODEX-27', { terminal: 'failed', error: 'limit', exitCode: 1 }],
  ['CODEX-28', { terminal: 'failed', error: 'refusal', exitCode: 1 }],
  ['CODEX-29', { terminal: 'failed', error: 'model', exitCode: 1 }],
  ['CODEX-29', { terminal: null, error: 'model', exitCode: null }],
  ['CODEX-30', { terminal: 'interrupted' }],
  ['CODEX-31', { terminal: null }],
  ['CODEX-31', { terminal: null, exitCode: null }],
  ['CODEX-31', { terminal: null, hasAnswer: false, hasChanges: false, hasDenials: true, hasBrokenCalls: true }],
  ['CODEX-32', { terminal: 'failed', error: 'other', exitCode: 1 }],
  ['CODEX-32', { terminal: null, error: 'other', exitCode: 1 }],
  ['CODEX-32', { terminal: 'interrupted', error: 'other' }],
  ['CODEX-32', { terminal: 'failed', exitCode: 1, hasDenials: true, hasChanges: false }],
  ['CODEX-32', { terminal: 'failed', exitCode: 1, hasBrokenCalls: true, hasChanges: false }],
  ['CODEX-32', { terminal: 'failed', exitCode: 1, hasAnswer: false, hasChanges: false }],
  ['CODEX-32', { terminal: 'a word of tomorrow' }],
];

describe('the truth table of Codex', () => {
  it.each(CASES)('%s decides %o', (rule, known) => {
    expect(ruleFor(CODEX_OUTCOMES, known)).toBe(rule);
  });

  it('has no row and no condition that a case would not miss', () => {
    expect(unnoticedMutations(CODEX_OUTCOMES, CASES)).toEqual([]);
  });

  it('comes to what its rules say', () => {
    expect(Object.fromEntries(CODEX_OUTCOMES.map(({ rule, comesTo }) => [rule, comesTo]))).toEqual({
      'CODEX-20': 'adapter_failed',
      'CODEX-21': 'permission_denied',
      'CODEX-22': 'model_failed',
      'CODEX-23': 'model_failed',
      'CODEX-24': 'completed',
      'CODEX-25': 'auth_failed',
      'CODEX-26': 'rate_limited',
      'CODEX-27': 'limit_reached',
      'CODEX-28': 'command_failed',
      'CODEX-29': 'model_failed',
      'CODEX-30': 'adapter_failed',
      'CODEX-31': 'adapter_failed',
      'CODEX-32': 'adapter_failed',
    });
  });
});
