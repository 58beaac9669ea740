import { createHash } from 'node:crypto';

export interface HashedBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of everything that was read, as hex. Asked once, at the end. */
  readonly sha256: () => string;
}

/** The same bytes, and what they hash to. */
export function hashBytes(source: AsyncIterable<Uint8Array>): HashedBytes {
  const hash = createHash('sha256');
  async function* read(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { bytes: read(), sha256: () => hash.digest('hex') };
}
