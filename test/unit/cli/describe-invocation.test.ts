import { describe, expect, it } from 'vitest';
import { describeInvocation } from '../../../main/cli/describe-invocation.ts';

const invocation = {
  argv: ['/usr/bin/claude', '-p', '--model', 'a b', "it's"],
  program: '/usr/bin/claude',
  version: '2.1.0',
  model: 'a b',
  reportedModel: null,
  profile: 'claude',
  profileHash: 'ab'.repeat(32),
};

describe('how a program was run (CLI-12)', () => {
  it('is told with its program, its profile, and its arguments as a shell would take them', () => {
    expect(describeInvocation(invocation)).toEqual([
      'Program:   /usr/bin/claude, 2.1.0',
      'Model:     a b',
      'Profile:   claude, abababababab',
      "Run as:    /usr/bin/claude -p --model 'a b' 'it'\\''s'",
    ]);
  });

  it.each([
    [null, 'm', ['Model:     m, says the agent']],
    ['m', 'm', ['Model:     m']],
    ['m', 'other', ['Model:     other, says the agent; asked for: m']],
    [null, null, []],
  ])('names the model that was asked for (%s) and the one that the agent names (%s)', (model, reportedModel, lines) => {
    const told = describeInvocation({ ...invocation, model, reportedModel });
    expect(told.filter((line) => line.startsWith('Model:'))).toEqual(lines);
  });

  it('is cut where it is as long as a task, and steers no terminal', () => {
    const [, line = ''] = describeInvocation({
      ...invocation,
      model: null,
      argv: ['\u001b[31m', 'x'.repeat(1000)],
    }).slice(1);
    expect(line.startsWith("Run as:    '\\x1b[31m' xxx")).toBe(true);
    expect(line).toHaveLength(412);
  });
});
