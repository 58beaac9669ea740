import { describe, expect, it } from 'vitest';
import { parseArgs } from '../../../main/cli/parse-args.ts';

const FLAGS = { json: 'switch', goal: 'text', repoRoot: 'text', validation: 'texts' } as const;
const parse = (...args: readonly string[]) => parseArgs(FLAGS, args);
const NOTHING = { json: false, validation: [] };

describe('arguments (CLI-5)', () => {
  it.each([
    [['r1', '--json', 'file'], ['r1', 'file'], { json: true }],
    [['--goal', '--json'], [], { goal: '--json' }],
    [['--goal=a=b', '--repo-root=/x'], [], { goal: 'a=b', repoRoot: '/x' }],
    [['--repo-root', '/x'], [], { repoRoot: '/x' }],
    [['--goal', 'a', '--goal', 'b'], [], { goal: 'b' }],
    [['--validation', 'x', '--validation', 'y'], [], { validation: ['x', 'y'] }],
    [['r1', '-h', '--json'], ['r1', '-h'], { json: true }],
    [['r1', '-', '-5'], ['r1', '-', '-5'], {}],
    [['--goal', ''], [], { goal: '' }],
  ])('%j', (args, words, flags) => {
    expect(parse(...args)).toEqual({
      ok: true,
      value: { words, flags: expect.objectContaining({ ...NOTHING, ...flags }), isHelpWanted: false },
    });
  });

  it.each([
    [['--nope'], { kind: 'unknown-flag', flag: '--nope' }],
    [['-h', '--nope=1'], { kind: 'unknown-flag', flag: '--nope=1' }],
    [['--json', '--goal'], { kind: 'missing-value', flag: '--goal' }],
    [['--repo-root'], { kind: 'missing-value', flag: '--repo-root' }],
  ])('refuses %j', (args, problem) => {
    expect(parse(...args)).toEqual({ ok: false, error: problem });
  });

  it('sees that help is wanted', () => {
    expect(parse('x', '--help')).toMatchObject({ ok: true, value: { isHelpWanted: true } });
  });

  it('keeps nothing from one call for the next', () => {
    parse('--validation', 'x', '--json');
    expect(parse()).toMatchObject({ ok: true, value: { flags: NOTHING } });
  });
});
