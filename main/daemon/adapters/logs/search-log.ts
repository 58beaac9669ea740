import type { FileHandle } from 'node:fs/promises';
import { newline } from './log-index.ts';

export interface LogSearch {
  readonly text: Uint8Array;
  /** Of the lines that match, so many come before the first one that is wanted. */
  readonly offset: number;
  readonly limit: number;
  readonly signal: AbortSignal;
  /** The search gives up after this, with what it has. */
  readonly maxMs: number;
  /** How much is read at a time. */
  readonly blockBytes?: number;
}

export interface FoundLines {
  readonly total: number;
  readonly isComplete: boolean;
  /** Where in the log the text stands, once for each wanted line. */
  readonly places: readonly number[];
}

/**
 * Looks for a text in each line of a log and counts the lines that hold it. One block is in memory at a time, whatever
 * the length of log and lines.
 */
export async function searchLog(log: FileHandle, search: LogSearch): Promise<FoundLines> {
  const places: number[] = [];
  const { text, offset, limit, signal, blockBytes = 512 * 1024 } = search;
  if (text.includes(newline)) return { total: 0, isComplete: true, places };
  const giveUpAt = performance.now() + search.maxMs;
  const block = Buffer.allocUnsafeSlow(blockBytes + text.length);
  let blockStart = 0;
  let kept = 0;
  let total = 0;
  let isInFoundLine = false;
  for (;;) {
    if (signal.aborted || performance.now() > giveUpAt) return { total, isComplete: false, places };
    const { bytesRead } = await log.read(block, kept, blockBytes, blockStart + kept);
    if (bytesRead === 0) return { total, isComplete: true, places };
    const filled = block.subarray(0, kept + bytesRead);
    let at = 0;
    while (at < filled.length) {
      const found = isInFoundLine ? filled.indexOf(newline, at) : filled.indexOf(text, at);
      if (found === -1) break;
      if (!isInFoundLine) {
        if (total >= offset && places.length < limit) places.push(blockStart + found);
        total += 1;
      }
      at = isInFoundLine ? found + 1 : found + text.length;
      isInFoundLine = !isInFoundLine;
    }
    // The end of the block may hold the beginning of the text.
    const rest = isInFoundLine ? filled.length : Math.max(at, filled.length - text.length + 1);
    filled.copyWithin(0, rest);
    blockStart += rest;
    kept = filled.length - rest;
  }
}
