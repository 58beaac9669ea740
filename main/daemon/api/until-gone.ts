import type { Call } from './call.ts';

/** Aborted when the asker has gone or the server closes. */
export function untilGone({ reply }: Pick<Call, 'reply'>, closing: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  closing.addEventListener('abort', abort, { once: true });
  reply.raw.once('close', () => {
    closing.removeEventListener('abort', abort);
    abort();
  });
  if (closing.aborted) abort();
  return controller.signal;
}
