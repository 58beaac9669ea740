import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createLineCounter,
  indexHeading,
  lastPointBefore,
  strideBytes,
} from '../../../../../main/daemon/adapters/logs/log-index.ts';

/** Counts a log that is given in parts and returns its whole index. */
function indexOf(parts: readonly Uint8Array[]) {
  const counter = createLineCounter();
  const records = parts.map((part, index) => counter.count(part, 1000 + index));
  return { counter, index: Buffer.concat([indexHeading, ...records]) };
}

const logOf = (lineLengths: readonly number[]) =>
  Buffer.from(lineLengths.map((length) => `${'x'.repeat(length)}\n`).join(''));

const newlinesIn = (bytes: Uint8Array) => bytes.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);

describe('log index', () => {
  it('has one record for each full stride, however the log was appended', () => {
    const log = logOf(Array.from({ length: 9000 }, (_, index) => index % 40));
    const whole = indexOf([log]);
    const pieces = Array.from({ length: Math.ceil(log.length / 1000) }, (_, i) =>
      log.subarray(i * 1000, i * 1000 + 1000),
    );
    const appended = indexOf(pieces);
    expect(whole.index.length).toBe(indexHeading.length + 16 * Math.floor(log.length / strideBytes));
    expect(appended.index.length).toBe(whole.index.length);
    expect([appended.counter.sizeBytes(), appended.counter.lineCount()]).toEqual([log.length, 9000]);
  });

  it('counts a last line without a newline', () => {
    const counts = ['', 'a', 'a\n', 'a\nb', '\n\n'].map((text) => indexOf([Buffer.from(text)]).counter.lineCount());
    expect(counts).toEqual([0, 1, 1, 2, 2]);
  });

  it('leads to a point before the line and at most a stride and a line away', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(lengths, fc.nat(), (lineLengths, pick) => {
        const log = logOf(lineLengths);
        const line = pick % (lineLengths.length + 1);
        const point = lastPointBefore(line, indexOf([log]).index);
        const lineStart = logOf(lineLengths.slice(0, line)).length;
        expect(point).not.toBeNull();
        expect(point?.offset).toBeLessThanOrEqual(lineStart);
        expect(lineStart - (point?.offset ?? 0)).toBeLessThanOrEqual(strideBytes + 3001);
        expect(newlinesIn(log.subarray(0, point?.offset))).toBe(point?.linesBefore);
      }),
      { numRuns: 200 },
    );
  });

  it('tells when a part was written', () => {
    const half = Buffer.alloc(strideBytes / 2, 'line\n');
    const { index } = indexOf([half, half, half, half]);
    expect([lastPointBefore(20_000, index)?.writtenAtMs, lastPointBefore(1e9, index)?.writtenAtMs]).toEqual([
      1001, 1003,
    ]);
  });

  it('is not believed when a byte of what is looked at is wrong', () => {
    const log = logOf(Array.from({ length: 40_000 }, () => 20));
    const { index } = indexOf([log]);
    const asked = [0, 1, 5000, 20_000, 39_999];
    const right = asked.map((line) => lastPointBefore(line, index));
    for (let at = 0; at < index.length; at += 1) {
      const damaged = Buffer.from(index);
      damaged[at] = (damaged[at] ?? 0) ^ 0x40;
      asked.forEach((line, which) => {
        const point = lastPointBefore(line, damaged);
        if (point !== null) expect(point).toEqual(right[which]);
      });
    }
    expect(lastPointBefore(5000, new Uint8Array(0))).toBeNull();
    expect(lastPointBefore(5000, index.subarray(0, index.length - 7))).toEqual(right[2]);
  });
});
