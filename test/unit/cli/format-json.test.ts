import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../main/cli/format-json.ts';

describe('a printed document (CLI-1)', () => {
  it('has sorted keys, two spaces and one newline', () => {
    expect(formatJson({ b: [{ d: 1, c: null }], a: {}, Z: [] })).toBe(
      '{\n  "Z": [],\n  "a": {},\n  "b": [\n    {\n      "c": null,\n      "d": 1\n    }\n  ]\n}\n',
    );
  });

  it('escapes what inherited clients escape', () => {
    expect(formatJson('<b>&\u2028\u2029"')).toBe('"\\u003cb\\u003e\\u0026\\u2028\\u2029\\""\n');
  });

  it.each([null, 0, '', [], {}])('prints %j alone', (value) => {
    expect(JSON.parse(formatJson(value))).toEqual(value);
  });
});
