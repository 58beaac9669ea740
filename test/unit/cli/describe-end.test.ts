import { describe, expect, it } from 'vitest';
import { clientResult } from '../../../contract/client/client-result.ts';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import { readFields } from '../../../contract/client/read-fields.ts';
import { STEP_STATES } from '../../../contract/step-state.ts';
import { describeEnd } from '../../../main/cli/describe-end.ts';
import { stepExit } from '../../../main/cli/state-exits.ts';
import { screenOf } from '../../support/run-cli.ts';
import { successOf } from '../../support/success-of.ts';

const told = (state: string, more: JsonObject = {}, hasColor = false) =>
  describeEnd('codencer', {
    stepId: 's1',
    result: successOf(readFields({ state, ...more }, clientResult)),
    screen: screenOf(100, hasColor),
  });

describe('the end of a step for people (CLI-26)', () => {
  it.each(STEP_STATES.filter((state) => stepExit(state) !== null))('%s is told with a way to go on', (state) => {
    expect(told(state)).toMatch(new RegExp(`^Step s1: ${state}\n`));
    expect(told(state)).toMatch(/\n\n(?: {2}codencer (?:step|gate) [^\n]*\n)+$/);
  });

  it('says why, what was checked, what changed and where it is kept', () => {
    const text = told('failed_validation', {
      status_reason: 'unit failed',
      is_simulation: true,
      files_changed: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      validations: [{ name: 'unit', passed: false, state: 'failed', exit_code: 1 }],
      warnings: ['careful'],
      questions: ['which one?'],
      salvage: { refs: [{ name: 'refs/codencer/x', commit: '0123456789abcdef' }], kept_worktree: '/w' },
    });
    expect(text).toBe(`Step s1: failed_validation (simulated)
A required validation did not pass.
Reason:   unit failed
Warning:  careful
Asked:    which one?
Checks:
  [FAIL] unit                 (exit 1)
Changed:  8 files: a, b, c, d, e, f and 2 more
Kept in:  refs/codencer/x (0123456789ab)
Kept in:  /w

  codencer step validations s1
  codencer step diff s1
`);
  });

  it('has the state in colour and steers no terminal', () => {
    expect(told('timeout', { summary: '\x1b[2J' }, true)).toMatch(/^Step s1: .\[31mtimeout.\[0m\n[\s\S]*\\x1b\[2J/);
  });
});
