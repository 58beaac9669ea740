import { createHash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';
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
  const expectedBytes = fstatSync(handle.fd).size;
  const buffer = Buffer.allocUnsafe(Math.min(expectedBytes + 1, CHUNK_BYTES));
  let head: Uint8Array = new Uint8Array(0);
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    const bytesRead = await readInto(buffer, handle, position);
    const chunk = buffer.subarray(0, bytesRead);
    if (position === 0) head = Uint8Array.from(chunk.subarray(0, SNIFFED_BYTES));
    hash.update(chunk);
    if (bytesRead > 0) see(chunk);
    position += bytesRead;
    // Room for a byte more was there. A shorter answer before the expected end is no end yet.
    const isOver = bytesRead === 0 || (bytesRead < buffer.length && position >= expectedBytes);
    if (isOver) return { sha256: hash.digest('hex'), sizeBytes: position, head };
  }
}

const CHUNK_BYTES = 256 * 1024;
/** What is read in less time than a thread takes to hear of it. */
const SMALL_BYTES = 64 * 1024;

const readInto = async (buffer: Buffer, handle: FileHandle, position: number): Promise<number> =>
  buffer.length <= SMALL_BYTES
    ? readSync(handle.fd, buffer, 0, buffer.length, position)
    : (await handle.read(buffer, 0, buffer.length, position)).bytesRead;
