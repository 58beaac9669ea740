import { describe, expect, it } from 'vitest';
import { clientResult } from '../../../contract/client/client-result.ts';
import type { JsonObject } from '../../../contract/client/json-value.ts';
import { readFields } from '../../../contract/client/read-fields.ts';
import { STEP_STATES } from '../../../contract/step-state.ts';
import { stepExit } from '../../../main/cli/state-exits.ts';
import { stepHints } from '../../../main/cli/step-hints.ts';
import { successOf } from '../../support/success-of.ts';

const hints = (state: string, more: JsonObject = {}) =>
  stepHints('codencer', 's1', successOf(readFields({ state, ...more }, clientResult)));

const FINAL = STEP_STATES.filter((state) => stepExit(state) !== null);

describe('what a state means', () => {
  it.each(FINAL)('%s is told in a sentence, with a command that goes on from there', (state) => {
    expect(hints(state)).toMatch(/^\[[A-Z ]+\] /);
    expect(hints(state)).toMatch(/^ {2}codencer (step|gate) /m);
  });

  it('gives the reason of a failure and the summary of a success', () => {
    expect(hints('failed_terminal', { status_reason: 'exit 1' })).toContain('Reason: exit 1\n');
    expect(hints('completed', { summary: 'all good' })).toContain('Summary:   all good\n');
    expect(hints('completed_with_warnings', { warnings: ['no diff'] })).toContain('Warning:   no diff\n');
  });

  it('CLI-43: leads on from a question to its answer, where there is a session to go on with', () => {
    const asked = { questions: ['Which colour?'], session: 'abc' };
    expect(hints('failed_adapter', asked)).toContain('It asks: Which colour?\n');
    expect(hints('failed_adapter', asked)).toContain('  codencer step retry s1 --answer <text>\n');
    expect(hints('failed_adapter', { ...asked, session: '' })).not.toContain('--answer');
    expect(hints('needs_approval', asked)).not.toContain('--answer');
  });

  it('names every gate that waits, or the name that stands for the only one', () => {
    expect(hints('needs_approval', { gates: ['g1', 'g2'] })).toMatch(/approve g1\n[\s\S]*approve g2\n/);
    expect(hints('needs_approval')).toContain('gate approve gate-s1\n');
  });

  it('offers another attempt after an interruption', () => {
    expect(hints('failed_bridge')).toContain('codencer step retry s1\n');
  });

  it('shows nothing that would steer the terminal', () => {
    expect(hints('failed_terminal', { summary: '\u001b[2J' })).toContain('\\x1b[2J');
  });
});
