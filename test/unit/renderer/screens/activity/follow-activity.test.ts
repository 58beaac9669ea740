import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineReader } from '../../../../../renderer/screens/activity/follow-activity.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const line = (text: string): string => `${JSON.stringify({ at_ms: 1, kind: 'message', text })}\n`;

describe('lines of activity', () => {
  it('are the same however the bytes are cut', () => {
    const all = bytes(line('äö') + line('😀 two') + line('three'));
    fc.assert(
      fc.property(fc.array(fc.nat(all.length), { maxLength: 8 }), (cuts) => {
        const told: string[] = [];
        const reader = lineReader(0, ({ text }) => told.push(text));
        const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        for (const [index, place] of places.slice(1).entries()) reader.push(all.subarray(places[index], place));
        expect(told).toEqual(['äö', '😀 two', 'three']);
        expect(reader.offset()).toBe(all.length);
      }),
    );
  });

  it('that began before what is read are passed over, and so is what cannot be read', () => {
    const told: string[] = [];
    const reader = lineReader(100, ({ text }) => told.push(text));
    reader.push(bytes(`rest of one"}\n${line('a')}{"half\n${line('b')}`));
    expect(told).toEqual(['a', 'b']);
  });
});
