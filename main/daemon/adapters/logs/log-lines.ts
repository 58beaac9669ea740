import type { FileHandle } from 'node:fs/promises';
import { ok, type Result } from '../../../../contract/result.ts';
import type { LogError } from './log-error.ts';
import { type IndexEntry, lastPointBefore, logStart, newline, pointAt } from './log-index.ts';
import { readIndex, readLogLines, withLog } from './log-reader.ts';
import { searchLog } from './search-log.ts';

export interface ShownLine {
  /** From 0. */
  readonly number: number;
  readonly text: string;
  readonly isCut: boolean;
}

export interface LinePage {
  /** Lines of the whole log that match, or of what was looked through. */
  readonly total: number;
  readonly isComplete: boolean;
  readonly lines: readonly ShownLine[];
}

export interface LineSelection {
  readonly path: string;
  /** Lines that hold it; null: every line. */
  readonly text: string | null;
  readonly offset: number;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** What is shown of one line, and of all of them together. */
const lineBytes = 64 * 1024;
const pageBytes = 4 * 1024 * 1024;
const maxSearchMs = 15_000;
const blockBytes = 256 * 1024;

/** Lines of a log by their number, or those that hold a text. The answer ends early rather than grow without limit. */
export const selectLines = (selection: LineSelection): Promise<Result<LinePage, LogError>> =>
  selection.text === null ? numberedLines(selection) : matchingLines(selection, Buffer.from(selection.text));

async function numberedLines({ path, offset, limit }: LineSelection): Promise<Result<LinePage, LogError>> {
  const total = await withLog(path, async (log) => countLines(log, await readIndex(path)));
  if (!total.ok) return total;
  const read = await readLogLines({ path, lineOffset: offset, lineLimit: limit, maxBytes: pageBytes });
  if (!read.ok) return read;
  const lines = splitLines(Buffer.from(read.value.bytes), read.value.isCut).map((bytes, index) =>
    show(bytes, { number: offset + index, isCut: false }),
  );
  return ok({ total: total.value, isComplete: true, lines });
}

/** Without their newlines. Of bytes that end inside a line that line is left out, unless it is the only one. */
function splitLines(bytes: Buffer, endsInsideLine: boolean): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(newline, at);
    const isWhole = end !== -1 || !endsInsideLine || at === 0;
    if (isWhole) lines.push(bytes.subarray(at, end === -1 ? bytes.length : end));
    at = end === -1 ? bytes.length : end + 1;
  }
  return lines;
}

function show(bytes: Buffer, { number, isCut }: Pick<ShownLine, 'number' | 'isCut'>): ShownLine {
  const isTooLong = bytes.length > lineBytes;
  const shown = isTooLong ? bytes.subarray(0, lineBytes) : bytes;
  return { number, text: shown.toString('utf8'), isCut: isCut || isTooLong };
}

/** A last line without a newline counts, too. */
async function countLines(log: FileHandle, index: Uint8Array): Promise<number> {
  const { size } = await log.stat();
  const point = lastPointBefore(Number.MAX_SAFE_INTEGER, index);
  const from = point !== null && point.offset <= size ? point : logStart;
  const { count, lastByte } = await countNewlines(log, from.offset, size);
  const endsInNewline = lastByte === newline || (lastByte === null && (await byteAt(log, size - 1)) === newline);
  return from.linesBefore + count + (size === 0 || endsInNewline ? 0 : 1);
}

async function byteAt(log: FileHandle, offset: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await log.read(Buffer.alloc(1), 0, 1, Math.max(0, offset));
  return bytesRead === 0 ? undefined : buffer[0];
}

async function countNewlines(log: FileHandle, from: number, upTo: number) {
  const block = Buffer.allocUnsafe(Math.min(blockBytes, Math.max(1, upTo - from)));
  let count = 0;
  let lastByte: number | null = null;
  for (let offset = from; offset < upTo; ) {
    const { bytesRead } = await log.read(block, 0, Math.min(block.length, upTo - offset), offset);
    if (bytesRead === 0) break;
    const text = block.subarray(0, bytesRead);
    for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) count += 1;
    lastByte = text.at(-1) ?? lastByte;
    offset += bytesRead;
  }
  return { count, lastByte };
}

function matchingLines(
  { path, offset, limit, signal }: LineSelection,
  text: Uint8Array,
): Promise<Result<LinePage, LogError>> {
  return withLog(path, async (log) => {
    const { places, ...found } = await searchLog(log, { text, offset, limit, signal, maxMs: maxSearchMs });
    return { ...found, lines: await readAround(log, places, await readIndex(path)) };
  });
}

/** The lines around places in the log, in their order. */
async function readAround(
  log: FileHandle,
  places: readonly number[],
  index: Uint8Array,
): Promise<readonly ShownLine[]> {
  const lines: ShownLine[] = [];
  let known: Pick<IndexEntry, 'offset' | 'linesBefore'> = logStart;
  let shownBytes = 0;
  for (const place of places) {
    if (shownBytes > pageBytes) break;
    const line = await readLineAround(log, place);
    const point = pointAt(line.start, index);
    const from = point !== null && point.offset > known.offset ? point : known;
    const { count } = await countNewlines(log, from.offset, line.start);
    known = { offset: line.start, linesBefore: from.linesBefore + count };
    lines.push(show(line.bytes, { number: known.linesBefore, isCut: line.isCut }));
    shownBytes += line.bytes.length;
  }
  return lines;
}

/** The line that a byte belongs to; of one that begins or ends too far away only what is around that byte. */
async function readLineAround(log: FileHandle, place: number) {
  const from = Math.max(0, place - lineBytes);
  const { buffer, bytesRead } = await log.read(Buffer.allocUnsafe(2 * lineBytes), 0, 2 * lineBytes, from);
  const text = buffer.subarray(0, bytesRead);
  const before = text.lastIndexOf(newline, Math.max(0, place - from - 1));
  const startsHere = place > 0 && (before !== -1 || from === 0);
  const start = place === 0 ? 0 : startsHere ? from + before + 1 : place;
  const after = text.indexOf(newline, place - from);
  const isWhole = after !== -1 || bytesRead < 2 * lineBytes;
  const bytes = text.subarray(start - from, after === -1 ? bytesRead : after);
  return { start, bytes, isCut: !isWhole || (place > 0 && !startsHere) };
}
