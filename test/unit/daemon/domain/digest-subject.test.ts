import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectText } from '../../../../main/daemon/domain/digest-subject.ts';

const json = fc.jsonValue({ maxDepth: 3 });
const subject = fc.dictionary(fc.string({ maxLength: 6 }), json, { maxKeys: 6, noNullPrototype: true });

/** The same value with the keys of every object written the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe('subjectText', () => {
  it('sorts keys at every depth and leaves lists as they are (GATE-9)', () => {
    expect(subjectText({ b: [{ z: 1, a: 2 }, 'x'], a: null })).toBe('{"a":null,"b":[{"a":2,"z":1},"x"]}');
  });

  it('takes a key without a value for a missing one (GATE-9)', () => {
    expect(subjectText({ a: undefined, b: 1 })).toBe(subjectText({ b: 1 }));
  });

  it('is the same in whatever order the keys were written (GATE-9)', () => {
    fc.assert(
      fc.property(subject, (one) => {
        expect(subjectText(reversed(one) as typeof one)).toBe(subjectText(one));
      }),
    );
  });

  it('gives the subject back, and so tells two subjects apart (GATE-9)', () => {
    fc.assert(
      fc.property(subject, (one) => {
        expect(JSON.parse(subjectText(one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it('depends on the order of files (GATE-9)', () => {
    expect(subjectText({ files: ['a', 'b'] })).not.toBe(subjectText({ files: ['b', 'a'] }));
  });
});
