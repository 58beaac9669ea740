import { describe, expect, it } from 'vitest';
import { encodeResults, formatResults, missedIn, type Results } from '../../bench/report.ts';

const results: Results = {
  machine: {
    cores: 2,
    processor: 'Some Processor',
    memoryGb: 24,
    node: '24.0.0',
    git: '2.39.5',
    system: 'linux x64',
    date: '2026-11-21',
    loadBefore: 0.3,
  },
  extent: 'quick',
  rows: [
    {
      row: 'slow-row',
      measures: [
        {
          what: 'time',
          unit: 'ms',
          ours: 30,
          floor: 10,
          bar: { of: 'ratio', sense: 'at most', limit: 1.5, marginPercent: 10 },
        },
        { what: 'rate', unit: 'per second', ours: 1234.5, floor: null, bar: null },
      ],
      notes: ['Measured somehow.'],
    },
  ],
};

describe('the report', () => {
  it('has a line for each number, and how it was measured below', () => {
    const text = formatResults(results);
    expect(text).toContain('| slow-row | time | 30 ms | 10 ms | 3.00 | ≤ 1.5 × floor | 10 % | missed |');
    expect(text).toContain('| slow-row | rate | 1,235 per second |  |  |  |  | no bar |');
    expect(text).toContain('## slow-row\n\n- Measured somehow.');
    expect(text).toContain('2026-11-21, quick run on 2 cores (Some Processor)');
  });

  it('names what missed its bar', () => {
    expect(missedIn(results)).toEqual(['slow-row: time']);
  });

  it('says the same as JSON', () => {
    const { rows } = JSON.parse(encodeResults(results));
    expect(rows[0].measures[0]).toMatchObject({ ours: 30, floor: 10, ratio: 3, verdict: 'missed' });
  });
});
