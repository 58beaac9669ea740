import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { firstJsonValue } from '../../../../main/daemon/api/first-json-value.ts';

const textOf = (text: string): string | null => {
  const extent = firstJsonValue(text);
  return extent.kind === 'value' ? extent.text : null;
};

describe('HTTP-11: the first JSON value of a text', () => {
  it('ends where it ends, whatever follows', () => {
    const rest = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => ` ${text}`);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), rest, fc.constantFrom('', ' \n\t'), (value, trailing, leading) => {
        const json = JSON.stringify(value);
        expect(textOf(leading + json + trailing)).toBe(json);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a":"}"}{"b":1}', '{"a":"}"}'],
    ['{"a":"\\\\"}x', '{"a":"\\\\"}'],
    ['{"a":"\\""}x', '{"a":"\\""}'],
    ['[1]]', '[1]'],
    ['"a" "b"', '"a"'],
    ['12,3', '12'],
    ['nope', 'nope'],
    ['{"a":', '{"a":'],
    ['{"a', '{"a'],
    ['"a', '"a'],
    ['{bad', '{bad'],
    ['}', '}'],
  ])('%j is %j', (text, value) => {
    expect(textOf(text)).toBe(value);
  });

  it.each(['', ' \r\n\t'])('%j has none', (text) => {
    expect(firstJsonValue(text).kind).toBe('empty');
  });

  it('HTTP-12: a hundred levels are read, one more is not', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(textOf(nested(100))).toBe(nested(100));
    expect(firstJsonValue(nested(101))).toEqual({ kind: 'too-deep', limit: 100 });
    expect(firstJsonValue('{"a":'.repeat(1_000_000)).kind).toBe('too-deep');
  });

  it('HTTP-12: is no longer than anybody could judge in time', () => {
    const list = (length: number) => `[${Array.from({ length }, () => '","').join(',')}]`;
    expect(firstJsonValue(list(49_000)).kind).toBe('value');
    expect(firstJsonValue(list(50_000))).toEqual({ kind: 'too-many', limit: 50_000 });
  });

  it('takes no longer for strings that look like its end', () => {
    const long = '\\'.repeat(2_000_000);
    expect(textOf(`{"a":"${long}${'\\"'.repeat(500_000)}"}x`)?.length).toBe(3_000_008);
  });
});
