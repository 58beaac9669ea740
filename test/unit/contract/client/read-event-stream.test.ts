import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEventStream } from '../../../../contract/client/read-event-stream.ts';

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  yield bytes.subarray(start);
}

async function read(text: string, sizes: readonly number[] = []): Promise<readonly string[]> {
  const data: string[] = [];
  for await (const one of readEventStream(inPieces(new TextEncoder().encode(text), sizes))) data.push(one);
  return data;
}

describe('an event stream', () => {
  it('is its data, without comments and other fields', async () => {
    const text = ': still here\n\nid: 1\nevent: a\ndata: {"seq":1}\n\n: note\n\nid: 2\ndata: one\ndata: two\n\n';
    expect(await read(text)).toEqual(['{"seq":1}', 'one\ntwo']);
  });

  it('leaves out what was not sent to its end', async () => {
    expect(await read('data: whole\n\ndata: ha')).toEqual(['whole']);
  });

  it('is the same however it is cut', async () => {
    const sizes = fc.array(fc.nat(9), { maxLength: 12 });
    const texts = fc.array(
      fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '')),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(texts, sizes, async (sent, cuts) => {
        expect(await read(sent.map((text) => `id: 1\ndata: ${text}\n\n`).join(''), cuts)).toEqual(sent);
      }),
    );
  });
});
