import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { Result } from '../../../contract/result.ts';

type Send = (bytes: Uint8Array<ArrayBuffer>) => Promise<Result<unknown, ClientFailure>>;

const MOST_BYTES = 32 * 1024;

/** Sends what is typed in its order, one request after the other, and what came meanwhile with the next one. */
export function createTypingQueue(
  send: Send,
  onFailure: (failure: ClientFailure) => void,
): (bytes: Uint8Array) => void {
  let waiting = new Uint8Array(0);
  let isSending = false;

  const sendAll = async (): Promise<void> => {
    isSending = true;
    while (waiting.length > 0) {
      const bytes = waiting.slice(0, MOST_BYTES);
      waiting = waiting.slice(MOST_BYTES);
      const sent = await send(bytes);
      if (!sent.ok) onFailure(sent.error);
    }
    isSending = false;
  };
  return (bytes) => {
    const joined = new Uint8Array(waiting.length + bytes.length);
    joined.set(waiting);
    joined.set(bytes, waiting.length);
    waiting = joined;
    if (!isSending) void sendAll();
  };
}
