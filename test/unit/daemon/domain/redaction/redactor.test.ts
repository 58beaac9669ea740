import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preparePatterns } from '../../../../../main/daemon/domain/redaction/pattern-set.ts';
import { createRedactor, redactionMarker } from '../../../../../main/daemon/domain/redaction/redactor.ts';
import { formsOfSecrets } from '../../../../../main/daemon/domain/redaction/secret-forms.ts';

const patternsOf = (...texts: readonly string[]) => preparePatterns(texts.map((text) => Buffer.from(text, 'latin1')));

function redactAll(set: ReturnType<typeof preparePatterns>, chunks: readonly string[]) {
  const redactor = createRedactor(set);
  const parts = chunks.map((chunk) => Buffer.from(redactor.push(Buffer.from(chunk, 'latin1'))).toString('latin1'));
  const rest = Buffer.from(redactor.flush()).toString('latin1');
  return { parts, text: [...parts, rest].join(''), redactions: redactor.redactions() };
}

/** What the output must be, by the slowest and plainest way. */
function expectedOutput(text: string, patterns: readonly string[]): string {
  const regions: { start: number; end: number }[] = [];
  for (let start = 0; start < text.length; start += 1) {
    const end = Math.max(0, ...patterns.filter((p) => text.startsWith(p, start)).map((p) => start + p.length));
    const region = regions.at(-1);
    if (end === 0) continue;
    if (region !== undefined && start < region.end) region.end = Math.max(region.end, end);
    else regions.push({ start, end });
  }
  return regions.reduceRight((out, r) => out.slice(0, r.start) + redactionMarker + out.slice(r.end), text);
}

const splitAt = (text: string, cuts: readonly number[]): readonly string[] => {
  const points = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort((a, b) => a - b);
  return points.slice(1).map((point, index) => text.slice(points[index], point));
};

describe('redactor', () => {
  it('RED-1, RED-5: replaces occurrences and nothing else', () => {
    const { text, redactions } = redactAll(patternsOf('hunter2!', 'tr0ub4dor'), [
      'a hunter2! b tr0ub4dor\0\xff hunter2',
    ]);
    expect(text).toBe('a [redacted] b [redacted]\0\xff hunter2');
    expect(redactions).toBe(2);
  });

  it('RED-6: overlapping occurrences become one marker, neighbours stay two', () => {
    const set = patternsOf('abcdef', 'defghi', 'efghijkl');
    expect(redactAll(set, ['<abcdefghijkl>'])).toMatchObject({ text: '<[redacted]>', redactions: 1 });
    expect(redactAll(set, ['abcdefabcdef'])).toMatchObject({ text: '[redacted][redacted]', redactions: 2 });
    expect(redactAll(patternsOf('aaaaaa'), ['aaaaaaaaaaaaaaaab']).text).toBe('[redacted]b');
  });

  it('RED-4: a region that is still open when its marker goes out gets no second one', () => {
    const set = patternsOf('abcdef', 'efghijkl');
    const { parts, redactions } = redactAll(set, ['..abcdef', 'gh', 'ijkl', '..']);
    expect(parts).toEqual(['..[redacted]', '', '', '..']);
    expect(redactions).toBe(1);
    expect(redactAll(set, ['..abcdef', 'gh', '-']).text).toBe('..[redacted]gh-');
  });

  it('RED-7: a prompt appears at once; only the beginning of a secret waits', () => {
    const { parts, text } = redactAll(patternsOf('secret-value'), ['Continue? ', 'yes, sec', 'ond']);
    expect(parts).toEqual(['Continue? ', 'yes, ', 'second']);
    expect(text).toBe('Continue? yes, second');
    expect(redactAll(patternsOf('secret-value'), ['ends with secret-valu']).text).toBe('ends with secret-valu');
  });

  it('keeps what it holds back when the caller uses the chunk again', () => {
    const redactor = createRedactor(patternsOf('secret-value'));
    const chunk = Buffer.from('xx secret');
    redactor.push(chunk);
    chunk.fill(0);
    expect(Buffer.from(redactor.push(Buffer.from('-value yy'))).toString()).toBe('[redacted] yy');
  });

  it('RED-8: holds back less than the longest form, however much it is given', () => {
    const redactor = createRedactor(patternsOf('abababababX'));
    let withheldBytes = 0;
    for (let round = 0; round < 100; round += 1) {
      const chunk = Buffer.from('ab'.repeat(50));
      withheldBytes += chunk.length - redactor.push(chunk).length;
      expect(withheldBytes).toBeLessThan('abababababX'.length);
    }
    expect(redactor.flush().length).toBe(withheldBytes);
  });

  it('works with nothing to look for', () => {
    expect(redactAll(preparePatterns([]), ['any', 'thing'])).toEqual({
      parts: ['any', 'thing'],
      text: 'anything',
      redactions: 0,
    });
    expect(() => patternsOf('ab')).toThrow(RangeError);
  });

  it('RED-1, RED-4, RED-5, RED-6: equals the plain definition for any patterns, text and split', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 3, maxLength: 9 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\xe9'), maxLength: 80 });
    fc.assert(
      fc.property(
        fc.uniqueArray(letters, { minLength: 1, maxLength: 6 }),
        text,
        fc.array(fc.nat()),
        (patterns, input, cuts) => {
          const { text: output } = redactAll(patternsOf(...patterns), splitAt(input, cuts));
          expect(output).toBe(expectedOutput(input, patterns));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('RED-1, RED-2, RED-4, RED-5: no form of a random secret survives any split', () => {
    const secretText = fc.string({ unit: 'binary', minLength: 6, maxLength: 60 }).filter((value) => {
      return Buffer.byteLength(value.trim()) >= 6 && !/[[\]]/.test(value) && !redactionMarker.includes(value.trim());
    });
    const encoders = fc.constantFrom(
      (value: string) => value,
      encodeURIComponent,
      (value: string) => JSON.stringify({ value }),
      (value: string) => JSON.stringify(JSON.stringify([value])),
      (value: string) => Buffer.from(value).toString('base64'),
      (value: string) => Buffer.from(`u:${value}`).toString('base64url'),
      (value: string) => Buffer.from(`ab${value}cd`).toString('base64'),
      (value: string) => Buffer.from(value).toString('hex'),
    );
    const pieces = fc.array(fc.tuple(fc.string(), fc.nat(), encoders), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(secretText, { minLength: 1, maxLength: 5 }),
        pieces,
        fc.array(fc.nat()),
        (values, printed, cuts) => {
          const forms = formsOfSecrets(values.map((value, index) => ({ name: `S${index}`, value })));
          const written = printed
            .map(([junk, index, encode]) => junk + encode(values[index % values.length] ?? ''))
            .join('');
          const input = Buffer.from(written).toString('latin1');
          const set = preparePatterns(forms);
          const { text } = redactAll(set, splitAt(input, cuts));
          const formTexts = forms.map((form) => Buffer.from(form).toString('latin1'));
          expect(text).toBe(expectedOutput(input, formTexts));
          expect(formTexts.filter((form) => text.includes(form))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
