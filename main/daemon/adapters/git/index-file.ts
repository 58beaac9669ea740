import { readFile, stat } from 'node:fs/promises';
import type { BytePath } from './byte-path.ts';
import { type FileStamp, timeOf } from './file-stamp.ts';

/** One file that an index knows, with what the file system said of it when git last read it. */
export interface IndexEntry {
  readonly path: BytePath;
  readonly objectId: string;
  readonly stamp: FileStamp;
}

export interface IndexFile {
  readonly entries: ReadonlyMap<BytePath, IndexEntry>;
  /** When the file was written. What changed in the same instant or later must be read again. */
  readonly writtenAtMs: number;
}

export const GITLINK_MODE = 0o160000;

export const EMPTY_INDEX: IndexFile = { entries: new Map(), writtenAtMs: 0 };

/**
 * Reads an index that git wrote in a clean room (gitformat-index(5): versions 2 and 3, no split index). Git compares
 * times by the second unless it was built with USE_NSEC, which Debian's is not; the file holds nanoseconds, so we do
 * better with it than git does. Null when there is no such file or its form is another.
 */
export async function readIndexFile(file: string, objectIdBytes: number): Promise<IndexFile | null> {
  try {
    const [bytes, { mtimeMs }] = await Promise.all([readFile(file), stat(file)]);
    return parseIndexFile(bytes, { objectIdBytes, writtenAtMs: mtimeMs });
  } catch {
    return null; // Missing or cut short: the caller reads every file instead.
  }
}

/** Throws when the bytes end too early. */
export function parseIndexFile(
  bytes: Buffer,
  { objectIdBytes, writtenAtMs }: { readonly objectIdBytes: number; readonly writtenAtMs: number },
): IndexFile | null {
  const entries = parseIndex(bytes, objectIdBytes);
  return entries === null ? null : { entries, writtenAtMs };
}

const HEADER_BYTES = 12;
const STAT_BYTES = 40;
const EXTENDED_FLAG = 0x4000;

function parseIndex(bytes: Buffer, objectIdBytes: number): ReadonlyMap<BytePath, IndexEntry> | null {
  const version = bytes.readUInt32BE(4);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || (version !== 2 && version !== 3)) return null;
  const entries = new Map<BytePath, IndexEntry>();
  let at = HEADER_BYTES;
  for (let count = bytes.readUInt32BE(8); count > 0; count -= 1) {
    const { entry, end } = parseEntry(bytes, at, objectIdBytes);
    entries.set(entry.path, entry);
    at = end;
  }
  return entries;
}

function parseEntry(
  bytes: Buffer,
  at: number,
  objectIdBytes: number,
): { readonly entry: IndexEntry; readonly end: number } {
  const idEnd = at + STAT_BYTES + objectIdBytes;
  const isExtended = (bytes.readUInt16BE(idEnd) & EXTENDED_FLAG) !== 0;
  const pathStart = idEnd + (isExtended ? 4 : 2);
  const pathEnd = bytes.indexOf(0, pathStart);
  const entry = {
    path: bytes.toString('latin1', pathStart, pathEnd),
    objectId: bytes.toString('hex', at + STAT_BYTES, idEnd),
    stamp: stampAt(bytes, at),
  };
  // Padded with 1 to 8 NULs to a multiple of eight.
  return { entry, end: at + ((pathEnd - at + 8) & ~7) };
}

const stampAt = (bytes: Buffer, at: number): FileStamp => ({
  ctimeMs: timeAt(bytes, at),
  mtimeMs: timeAt(bytes, at + 8),
  inode: bytes.readUInt32BE(at + 20),
  mode: bytes.readUInt32BE(at + 24),
  sizeBytes: bytes.readUInt32BE(at + 36),
});

const timeAt = (bytes: Buffer, at: number): number => timeOf(bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4));
