import { describe, expect, it } from 'vitest';

import { requestedBytes, sliceBytes } from '../../../../main/daemon/api/byte-range.ts';

describe('the bytes that a Range header asks for', () => {
  it.each([
    ['bytes=0-3', { kind: 'part', first: 0, last: 3 }],
    ['bytes=4-', { kind: 'part', first: 4, last: 9 }],
    ['bytes=-3', { kind: 'part', first: 7, last: 9 }],
    ['bytes=-30', { kind: 'part', first: 0, last: 9 }],
    ['bytes=9-100', { kind: 'part', first: 9, last: 9 }],
    ['bytes=10-', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=5-4', { kind: 'whole' }],
    ['bytes=0-1,3-4', { kind: 'whole' }],
    ['lines=0-1', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=a-b', { kind: 'whole' }],
    [undefined, { kind: 'whole' }],
  ])('%s of ten', (header, wanted) => {
    expect(requestedBytes(header, 10)).toEqual(wanted);
  });

  it('nothing of nothing', () => {
    expect(requestedBytes('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(requestedBytes(undefined, 0)).toEqual({ kind: 'whole' });
  });
});

describe('a part of a source', () => {
  const source = (closed: string[]) =>
    (async function* () {
      try {
        for (const text of ['abc', '', 'defg', 'hij']) yield Buffer.from(text);
      } finally {
        closed.push('closed');
      }
    })();
  const collect = async (first: number, last: number, closed: string[] = []) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of sliceBytes(source(closed), { first, last })) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it.each([
    [0, 9, 'abcdefghij'],
    [0, 0, 'a'],
    [2, 3, 'cd'],
    [3, 6, 'defg'],
    [9, 9, 'j'],
  ])('%i to %i', async (first, last, text) => {
    expect(await collect(first, last)).toBe(text);
  });

  it('closes the source when it needs no more of it', async () => {
    const closed: string[] = [];
    await collect(0, 1, closed);
    expect(closed).toEqual(['closed']);
  });
});
