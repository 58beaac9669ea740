import { crc32 } from 'node:zlib';

/**
 * The index beside a log, so that a line of a huge log is found without reading it. After the heading comes one record
 * for each full stride of the log: how many lines ended before it (6 bytes), when it was written (6 bytes, ms UTC), and
 * a checksum of both and of the record's number (4 bytes), all big-endian.
 */
export interface IndexEntry {
  /** Bytes of the log before this point. */
  readonly offset: number;
  /** Lines that end before this point. */
  readonly linesBefore: number;
  readonly writtenAtMs: number;
}

export const indexPathOf = (logPath: string): string => `${logPath}.idx`;

export const strideBytes = 64 * 1024;
export const indexHeading = Buffer.from('logindx1', 'latin1');
const recordBytes = 16;
export const newline = 0x0a;

export const logStart: IndexEntry = { offset: 0, linesBefore: 0, writtenAtMs: 0 };

/** Counts what is appended to a log and gives the records that become due. */
export interface LineCounter {
  readonly sizeBytes: () => number;
  /** With the last one, whether or not a newline ends it. */
  readonly lineCount: () => number;
  readonly count: (bytes: Uint8Array, atMs: number) => Uint8Array;
}

export function createLineCounter(): LineCounter {
  let sizeBytes = 0;
  let newlines = 0;
  let lastByte = newline;
  return {
    sizeBytes: () => sizeBytes,
    lineCount: () => (lastByte === newline ? newlines : newlines + 1),
    count: (bytes, atMs) => {
      const records: Uint8Array[] = [];
      for (let from = 0; from < bytes.length; ) {
        const upTo = Math.min(bytes.length, from + strideBytes - (sizeBytes % strideBytes));
        newlines += countNewlines(bytes, from, upTo);
        sizeBytes += upTo - from;
        if (sizeBytes % strideBytes === 0) {
          records.push(encodeRecord({ offset: sizeBytes, linesBefore: newlines, writtenAtMs: atMs }));
        }
        from = upTo;
      }
      lastByte = bytes.at(-1) ?? lastByte;
      return Buffer.concat(records);
    },
  };
}

function countNewlines(bytes: Uint8Array, from: number, upTo: number): number {
  let count = 0;
  for (let at = bytes.indexOf(newline, from); at !== -1 && at < upTo; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

function encodeRecord({ offset, linesBefore, writtenAtMs }: IndexEntry): Uint8Array {
  const record = Buffer.alloc(recordBytes);
  record.writeUIntBE(linesBefore, 0, 6);
  record.writeUIntBE(writtenAtMs, 6, 6);
  record.writeUInt32BE(checksum(record, offset / strideBytes), 12);
  return record;
}

const checksum = (record: Uint8Array, number: number): number => crc32(record.subarray(0, 12), number);

/** The last point that lies before the start of a line; null when the index cannot be believed. */
export function lastPointBefore(line: number, index: Uint8Array): IndexEntry | null {
  if (!indexHeading.equals(index.subarray(0, indexHeading.length))) return null;
  let before = 0; // record 0 stands for the start of the log, which has no record
  let after = Math.floor((index.length - indexHeading.length) / recordBytes) + 1;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const entry = decodeRecord(index, middle);
    if (entry === null) return null;
    if (entry.linesBefore < line) before = middle;
    else after = middle;
  }
  return before === 0 ? logStart : decodeRecord(index, before);
}

/** The last point at or before a byte; null when the index has none there, or cannot be believed. */
export function pointAt(offset: number, index: Uint8Array): IndexEntry | null {
  const recorded = Math.floor((index.length - indexHeading.length) / recordBytes);
  const number = Math.min(Math.floor(offset / strideBytes), recorded);
  if (number <= 0) return logStart;
  return indexHeading.equals(index.subarray(0, indexHeading.length)) ? decodeRecord(index, number) : null;
}

/** Records are numbered from 1; null when the checksum is wrong. */
function decodeRecord(index: Uint8Array, number: number): IndexEntry | null {
  const at = indexHeading.length + (number - 1) * recordBytes;
  const record = Buffer.from(index.buffer, index.byteOffset + at, recordBytes);
  if (record.readUInt32BE(12) !== checksum(record, number)) return null;
  return { offset: number * strideBytes, linesBefore: record.readUIntBE(0, 6), writtenAtMs: record.readUIntBE(6, 6) };
}
