import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyReader } from '../../../../main/cli/attach/detach-keys.ts';

function read(...chunks: readonly string[]) {
  const reader = createKeyReader();
  let typed = '';
  for (const chunk of chunks) {
    const keys = reader(Buffer.from(chunk, 'latin1'));
    typed += Buffer.from(keys.typed).toString('latin1');
    if (keys.isDetached) return { typed, isDetached: true };
  }
  return { typed, isDetached: false };
}

describe('TERM-10: the keys that detach', () => {
  it.each([
    [['abc\x1dd rest'], { typed: 'abc', isDetached: true }],
    [['abc\x1d', 'd'], { typed: 'abc', isDetached: true }],
    [['\x1dx'], { typed: '\x1dx', isDetached: false }],
    [['\x1d', '\x1d', 'd'], { typed: '\x1dd', isDetached: false }],
    [['d', '\x03'], { typed: 'd\x03', isDetached: false }],
  ])('%j', (chunks, expected) => {
    expect(read(...chunks)).toEqual(expected);
  });

  it('leave every other byte as it is, however the keys come', () => {
    const key = fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 0x1d);
    fc.assert(
      fc.property(fc.array(key), (keys) => {
        const text = Buffer.from(keys).toString('latin1');
        expect(read(...keys.map((byte) => String.fromCharCode(byte)))).toEqual({ typed: text, isDetached: false });
      }),
    );
  });
});
