import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { LogReader } from './log-reader.ts';

/** A browser keeps large blobs on disk: small ones are put together into few. */
const PART_BYTES = 8 * 1024 * 1024;

/** All bytes of a log, as they are, as a file of the browser's. */
export async function saveLog(
  reader: LogReader,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Result<void, ClientFailure>> {
  const reply = await reader.open(signal);
  if (!reply.ok) return reply;
  const parts: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  let bytes = 0;
  try {
    for await (const chunk of reply.value.body ?? []) {
      chunks.push(Uint8Array.from(chunk));
      held += chunk.length;
      bytes += chunk.length;
      if (held < PART_BYTES) continue;
      parts.push(new Blob(chunks));
      chunks = [];
      held = 0;
      onBytes(bytes);
    }
  } catch (error) {
    if (signal.aborted) return err({ kind: 'aborted' });
    return err({ kind: 'unreadable', status: reply.value.status, detail: String(error) });
  }
  offer(
    new Blob([...parts, ...chunks], { type: 'text/plain' }),
    `${reader.place.attemptId}-${reader.place.stream}.log`,
  );
  return ok(undefined);
}

function offer(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has begun with the click; the address is not needed any more once the page is idle.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
