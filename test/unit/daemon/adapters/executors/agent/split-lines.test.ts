import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_CHARACTERS, splitLines } from '../../../../../../main/daemon/adapters/executors/agent/split-lines.ts';

function split(chunks: readonly Uint8Array[]) {
  const lines: string[] = [];
  let tooLong = 0;
  const splitter = splitLines({ onLine: (line) => lines.push(line), onTooLong: () => (tooLong += 1) });
  for (const chunk of chunks) void splitter.write(chunk);
  splitter.flush();
  return { lines, tooLong };
}

const cut = (bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] => {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
};

describe('lines of an agent', () => {
  it('AGENT-1: the same lines come of the same bytes, wherever they are cut', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n]/g, ' '));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), (lines, places) => {
        const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''));
        expect(split(cut(bytes, places)).lines).toEqual(lines.map((one) => Buffer.from(one).toString()));
      }),
    );
  });

  it('AGENT-1: a carriage return before the line end goes, and the last line needs no end', () => {
    expect(split([Buffer.from('one\r\n\r\ntwo\rthree\nfour')]).lines).toEqual(['one', '', 'two\rthree', 'four']);
    expect(split([Buffer.from('one\n')]).lines).toEqual(['one']);
    expect(split([]).lines).toEqual([]);
  });

  it('AGENT-1: half of a character at the end is shown as one that is broken', () => {
    expect(split([Buffer.from('ü').subarray(0, 1)]).lines).toEqual(['\uFFFD']);
  });

  it('AGENT-2: a line without end is left out and told once, and the next one is read', () => {
    const mebibyte = Buffer.alloc(1024 * 1024, 'x');
    const { lines, tooLong } = split([...Array.from({ length: 40 }, () => mebibyte), Buffer.from('end\nnext\n')]);
    expect(lines).toEqual(['next']);
    expect(tooLong).toBe(1);
  });

  it('AGENT-2: a line of the greatest length is read, and none that is one longer', () => {
    const line = Buffer.alloc(MAX_LINE_CHARACTERS, 'x');
    expect(split([line]).lines).toHaveLength(1);
    expect(split([line, Buffer.from('x\n')])).toMatchObject({ lines: [], tooLong: 1 });
  });
});
