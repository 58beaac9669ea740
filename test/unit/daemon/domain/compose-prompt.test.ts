import { describe, expect, it } from 'vitest';
import { decodeTaskSpec } from '../../../../contract/wire/task-spec.ts';
import { composePrompt } from '../../../../main/daemon/domain/compose-prompt.ts';
import { successOf } from '../../../support/success-of.ts';

const promptOf = (task: object): string => composePrompt(successOf(decodeTaskSpec(task)));

describe('the prompt of a task', () => {
  it('[PROMPT-1] [PROMPT-2] is what inherited agents were given, byte for byte', () => {
    const prompt = promptOf({
      title: 'Full',
      goal: 'Do it',
      context: { summary: 'ctx' },
      constraints: ['c1', 'c2'],
      allowed_paths: ['a/**'],
      forbidden_paths: ['b/**'],
      acceptance: ['acc'],
      validations: [{ name: 'v', command: 'true' }, { command: 'ls' }],
      stop_conditions: ['stop'],
      policy_bundle: 'pol',
      timeout_seconds: 50,
    });
    expect(prompt).toBe(
      'Task Title\nFull\n\nGoal\nDo it\n\nContext\nctx\n\nConstraints\n- c1\n- c2\n\nAllowed Paths\n- a/**\n\nForbidden Paths\n- b/**\n\nAcceptance Criteria\n- acc\n\nValidations\n- v: true\n- ls\n\nStop Conditions\n- stop\n\nPolicy\npol\n\nTimeout Seconds\n50',
    );
  });

  it('[PROMPT-1] leaves out what is blank, and ends with the last letter', () => {
    expect(promptOf({ title: '  ', goal: 'Two\nlines\n', constraints: ['', ' one '] })).toBe(
      'Goal\nTwo\nlines\n\nConstraints\n- one',
    );
  });

  it('[PROMPT-3] is never empty', () => {
    expect(promptOf({})).toBe('Goal\nComplete the requested task.');
  });
});
