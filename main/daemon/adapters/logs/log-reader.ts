import type { FileHandle } from 'node:fs/promises';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { openPlainFile, readPlainFile } from '../files/open-plain-file.ts';
import { describeLogError, type LogError } from './log-error.ts';
import { indexPathOf, lastPointBefore, logStart, newline } from './log-index.ts';

export interface LogSlice {
  readonly bytes: Uint8Array;
  /** Where the bytes begin in the log. */
  readonly offset: number;
  /** Of the whole log, now. */
  readonly sizeBytes: number;
}

export interface ByteRange {
  readonly path: string;
  readonly offset: number;
  readonly limit: number;
}

/** The bytes from `offset` on, at most `limit`; none behind the end. */
export function readLogBytes({ path, offset, limit }: ByteRange): Promise<Result<LogSlice, LogError>> {
  return withLog(path, async (log) => {
    const sizeBytes = (await log.stat()).size;
    const wanted = Math.max(0, Math.min(limit, sizeBytes - offset));
    return { bytes: await readAt(log, offset, wanted), offset, sizeBytes };
  });
}

export interface LineRange {
  readonly path: string;
  /** The first line has number 0. */
  readonly lineOffset: number;
  readonly lineLimit: number;
  /** Cuts the answer, also within a line. */
  readonly maxBytes: number;
}

export interface LogLines extends LogSlice {
  /** True when the bytes end before the last line that was asked for does. */
  readonly isCut: boolean;
}

/** Whole lines, with their newlines; the last line of a log need not have one. None behind the end. */
export function readLogLines({
  path,
  lineOffset,
  lineLimit,
  maxBytes,
}: LineRange): Promise<Result<LogLines, LogError>> {
  return withLog(path, async (log) => {
    const offset = await findLine(log, lineOffset, await readIndex(path));
    const end = await findEnd(log, { offset, lineLimit, maxBytes });
    const bytes = await readAt(log, offset, end.offset - offset);
    return { bytes, offset, sizeBytes: (await log.stat()).size, isCut: end.isCut };
  });
}

export async function withLog<T>(path: string, read: (log: FileHandle) => Promise<T>): Promise<Result<T, LogError>> {
  try {
    await using log = await openPlainFile(path);
    return ok(await read(log));
  } catch (cause) {
    return err(describeLogError('read', path, cause));
  }
}

/** A missing index is like a damaged one: the log is read from its start. */
export const readIndex = (path: string): Promise<Uint8Array> =>
  readPlainFile(indexPathOf(path)).catch(() => new Uint8Array(0));

const blockBytes = 64 * 1024;

/** Where a line starts; the end of the log when it has fewer lines. */
async function findLine(log: FileHandle, line: number, index: Uint8Array): Promise<number> {
  if (line === 0) return 0;
  const point = await believable(log, lastPointBefore(line, index));
  const found = await skipLines(log, point.offset, { count: line - point.linesBefore, upTo: Number.POSITIVE_INFINITY });
  return found.offset;
}

/** An index that reaches further than its log belongs to another. */
async function believable(log: FileHandle, point: ReturnType<typeof lastPointBefore>) {
  return point !== null && point.offset <= (await log.stat()).size ? point : logStart;
}

interface LineEnd {
  readonly offset: number;
  readonly isCut: boolean;
}

async function findEnd(
  log: FileHandle,
  { offset, lineLimit, maxBytes }: { readonly offset: number } & Pick<LineRange, 'lineLimit' | 'maxBytes'>,
): Promise<LineEnd> {
  if (lineLimit === 0) return { offset, isCut: false };
  const upTo = offset + maxBytes;
  const found = await skipLines(log, offset, { count: lineLimit, upTo });
  return { offset: found.offset, isCut: !found.isComplete && found.offset === upTo && upTo < (await log.stat()).size };
}

/** Goes forward over so many newlines, but no further than `upTo` or the end of the log. */
async function skipLines(
  log: FileHandle,
  from: number,
  { count, upTo }: { readonly count: number; readonly upTo: number },
): Promise<{ readonly offset: number; readonly isComplete: boolean }> {
  const block = Buffer.allocUnsafe(blockBytes);
  let left = count;
  let offset = from;
  while (offset < upTo) {
    const { bytesRead } = await log.read(block, 0, Math.min(blockBytes, upTo - offset), offset);
    if (bytesRead === 0) break;
    const text = block.subarray(0, bytesRead);
    for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) {
      left -= 1;
      if (left === 0) return { offset: offset + at + 1, isComplete: true };
    }
    offset += bytesRead;
  }
  return { offset, isComplete: false };
}

async function readAt(log: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await log.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
