import { describe, expect, it } from 'vitest';
import { readOptions } from '../../seed/options.ts';
import { failureOf, successOf } from '../../support/success-of.ts';

describe('the options of the seed', () => {
  it('five steps a run and a hundred events, unless said otherwise', () => {
    const { size, isKilled, mayAdd } = successOf(readOptions(['--runs', '20']));
    expect({ size, isKilled, mayAdd }).toEqual({
      size: { runs: 20, stepsPerRun: 5, events: 2000 },
      isKilled: true,
      mayAdd: false,
    });
  });

  it.each([
    [['--add'], '--runs must be a whole number from 1 to 1000000'],
    [['--runs', '0'], '--runs must be a whole number from 1 to 1000000'],
    [['--runs', '5', '--events', 'many'], '--events must be a whole number'],
    [['--runs', '5', '--steps-per-run', '1.5'], '--steps-per-run must be a whole number'],
  ])('%j is refused in words', (args, sentence) => {
    expect(failureOf(readOptions(args))).toBe(sentence);
  });

  it('a flag that is not known is refused', () => {
    expect(failureOf(readOptions(['--run', '5']))).toContain('--run');
  });
});
