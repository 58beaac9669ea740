import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { EmptyReply } from '../../../contract/client/send-request.ts';

const MOST_BYTES = 32 * 1024;

/** Sends what is typed in its order, one request after the other, and what came meanwhile with the next one. */
export function createTypingQueue(
  send: (bytes: Uint8Array<ArrayBuffer>) => EmptyReply,
  onFailure: (failure: ClientFailure) => void,
) {
  let waiting = new Uint8Array(0);
  let isSending = false;

  const sendAll = async () => {
    isSending = true;
    while (waiting.length > 0) {
      const bytes = waiting.slice(0, MOST_BYTES);
      waiting = waiting.slice(MOST_BYTES);
      const sent = await send(bytes);
      if (!sent.ok) onFailure(sent.error);
    }
    isSending = false;
  };
  return (bytes: Uint8Array): void => {
    waiting = Uint8Array.from([...waiting, ...bytes]);
    if (!isSending) void sendAll();
  };
}
