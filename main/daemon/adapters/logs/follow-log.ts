import { openPlainFile } from '../files/open-plain-file.ts';
import type { LiveLog } from './log-writer.ts';

export interface FollowOptions {
  readonly path: string;
  readonly offset: number;
  /** The writer when this process still writes the log; null when the file is all there will be. */
  readonly live: LiveLog | null;
  readonly signal: AbortSignal;
}

const firstBlockBytes = 4 * 1024;
/** For who is far behind: four trips to the disk in one. */
const largestBlockBytes = 256 * 1024;

/**
 * The bytes of a log from `offset` on and, while it is written, whatever comes. Ends with the log, or when the signal is
 * aborted. Reads from the file at its own pace: a slow reader holds up nobody. Throws when the file cannot be read. All
 * bytes come in one block, in turn: they are valid until the next ones are asked for.
 */
export async function* followLog({ path, offset, live, signal }: FollowOptions): AsyncGenerator<Uint8Array, void> {
  if (signal.aborted) return;
  await using log = await openPlainFile(path);
  const closedBytes = (await log.stat()).size;
  let position = offset;
  let block = Buffer.allocUnsafeSlow(firstBlockBytes);
  while (!signal.aborted) {
    const isLast = live === null || live.isClosed();
    const leftBytes = (live?.sizeBytes() ?? closedBytes) - position;
    if (leftBytes <= 0 && !isLast) {
      await appended(live, position, signal);
      continue;
    }
    block = grownFor(leftBytes, block);
    const { bytesRead } = await log.read(block, { position });
    position += bytesRead;
    if (bytesRead > 0) yield block.subarray(0, bytesRead);
    else if (isLast) return;
    else await appended(live, position, signal);
  }
}

function grownFor(leftBytes: number, block: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  if (leftBytes <= block.length || block.length === largestBlockBytes) return block;
  return Buffer.allocUnsafeSlow(Math.min(Math.max(leftBytes, 2 * block.length), largestBlockBytes));
}

/** Resolves when the log is longer than `position`, closed, or no longer of interest. */
function appended(live: LiveLog, position: number, signal: AbortSignal): Promise<void> {
  if (live.sizeBytes() > position || live.isClosed()) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      dispose();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const dispose = live.onAppend(finish);
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
  });
}
