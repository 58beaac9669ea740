import { open } from 'node:fs/promises';

const TAIL_BYTES = 4096;
const TAIL_LINES = 5;
/** What the daemon says for people, between the lines of its log; and what is said of a fault. */
const SENTENCE = /^(?:codencer: |internal error: )(.*)$/;

/** Why the daemon ended, from its log after `start` (bytes): its own sentence, else the last lines. Empty when it is silent. */
export async function readLogTail(path: string, start: number): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    const from = Math.max(start, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(TAIL_BYTES), position: from });
    const lines = buffer.toString('utf8', 0, bytesRead).trim().split('\n');
    const sentences = lines.flatMap((line) => SENTENCE.exec(line)?.[1] ?? []);
    return sentences.at(-1) ?? lines.slice(-TAIL_LINES).join('\n');
  } catch {
    return ''; // the log only helps to explain a failure that is told anyway
  }
}
