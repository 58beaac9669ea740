import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { SNIFFED_BYTES } from './media-type.ts';

export interface HashedFile {
  readonly sha256: string;
  /** What was read, which is what the hash is of. */
  readonly sizeBytes: number;
  /** The first bytes. */
  readonly head: Uint8Array;
}

/** Reads an open file from its start in bounded memory. `see` gets every chunk, which is valid during the call only. */
export async function hashFile(
  handle: FileHandle,
  signal: AbortSignal,
  see: (chunk: Uint8Array) => void = () => undefined,
): Promise<HashedFile> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let head: Uint8Array = new Uint8Array(0);
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), sizeBytes: position, head };
    const chunk = buffer.subarray(0, bytesRead);
    if (position === 0) head = Uint8Array.from(chunk.subarray(0, SNIFFED_BYTES));
    hash.update(chunk);
    see(chunk);
    position += bytesRead;
  }
}

const CHUNK_BYTES = 256 * 1024;
