import { open } from 'node:fs/promises';

const TAIL_BYTES = 4096;
const TAIL_LINES = 5;

/** The last lines of a log that were written after `start` (bytes). Empty when there is nothing to tell. */
export async function readLogTail(path: string, start: number): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const from = Math.max(start, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(TAIL_BYTES), position: from });
    return buffer.toString('utf8', 0, bytesRead).trim().split('\n').slice(-TAIL_LINES).join('\n');
  } catch {
    return ''; // the log only helps to explain a failure that is told anyway
  }
}
