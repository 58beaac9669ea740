import { describe, expect, it } from 'vitest';
import {
  findOutcome,
  type OutcomeCase,
  type OutcomeRow,
} from '../../../../../../main/daemon/adapters/executors/agent/outcome-table.ts';

const known: OutcomeCase = {
  terminal: 'done',
  exitCode: 0,
  error: null,
  hasDenials: false,
  hasBrokenCalls: false,
  hasAnswer: true,
  hasChanges: true,
};

const row = (when: OutcomeRow['when']): OutcomeRow => ({ rule: 'X-1', when, comesTo: 'completed', because: null });
const otherwise: OutcomeRow = { rule: 'X-2', when: {}, comesTo: 'adapter_failed', because: null };
const fits = (when: OutcomeRow['when'], more: Partial<OutcomeCase> = {}) =>
  findOutcome([row(when), otherwise], { ...known, ...more }).rule === 'X-1';

describe('AGENT-12: a row of a truth table', () => {
  it.each<[string, OutcomeRow['when'], Partial<OutcomeCase>, Partial<OutcomeCase>]>([
    ['terminal', { terminal: ['done', 'ended'] }, {}, { terminal: 'failed' }],
    ['no terminal', { terminal: [null] }, { terminal: null }, {}],
    ['exit zero', { exit: 'zero' }, {}, { exitCode: 1 }],
    ['exit zero and a signal', { exit: 'zero' }, {}, { exitCode: null }],
    ['exit nonzero', { exit: 'nonzero' }, { exitCode: 3 }, {}],
    ['exit nonzero and a signal', { exit: 'nonzero' }, { exitCode: 3 }, { exitCode: null }],
    ['signal', { exit: 'signal' }, { exitCode: null }, {}],
    ['exit list', { exit: [3, 5] }, { exitCode: 5 }, { exitCode: 4 }],
    ['exit list and a signal', { exit: [3, 5] }, { exitCode: 5 }, { exitCode: null }],
    ['any error', { error: 'any' }, { error: 'model' }, {}],
    ['no error', { error: 'none' }, {}, { error: 'model' }],
    ['some errors', { error: ['auth', 'model'] }, { error: 'model' }, { error: 'other' }],
    ['some errors and none', { error: ['auth', 'model'] }, { error: 'auth' }, {}],
    ['denials', { denials: true }, { hasDenials: true }, {}],
    ['broken calls', { brokenCalls: false }, {}, { hasBrokenCalls: true }],
    ['answer', { answer: true }, {}, { hasAnswer: false }],
    ['changes', { changes: false }, { hasChanges: false }, {}],
  ])('fits by %s', (_, when, fitting, other) => {
    expect(fits(when, fitting)).toBe(true);
    expect(fits(when, other)).toBe(false);
  });

  it('fits when all that it names is so, and the first that fits decides', () => {
    expect(fits({ exit: 'zero', changes: true })).toBe(true);
    expect(fits({ exit: 'zero', changes: false })).toBe(false);
    expect(findOutcome([row({}), otherwise], known).rule).toBe('X-1');
  });

  it('is a bug when none fits', () => {
    expect(() => findOutcome([row({ exit: 'signal' })], known)).toThrow('no outcome for {"terminal":"done"');
  });
});
