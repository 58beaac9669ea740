const TEXT = ' all work and no play makes a dull log of many bytes\n';
const DIGITS = 11;

/** Every line is as long, so that what stands at any byte is known. */
export const LINE_BYTES = DIGITS + TEXT.length;

/** What stands from byte `from` to byte `to` of an endless text of numbered lines. */
export function numberedLines(from: number, to: number): Buffer {
  const first = Math.floor(from / LINE_BYTES);
  const lines = Array.from(
    { length: Math.ceil(to / LINE_BYTES) - first },
    (_, index) => String(first + index).padStart(DIGITS, '0') + TEXT,
  );
  return Buffer.from(lines.join(''), 'latin1').subarray(from - first * LINE_BYTES, to - first * LINE_BYTES);
}
