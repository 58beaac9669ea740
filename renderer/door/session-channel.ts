import type { Session } from './session.ts';

const ASK_MS = 400;

/**
 * Lets a second window of the same dashboard in: it asks the windows that are open already. Only pages of this very
 * origin, port included, hear each other here, and nothing is stored.
 */
export function answerOtherWindows(name: string, current: () => Session | null): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => {
    const session = current();
    if (data === 'who is in?' && session !== null) channel.postMessage({ token: session.token });
  };
  return () => channel.close();
}

/** Null: no other window is open, or none is let in. */
export function askOtherWindows(name: string): Promise<Session | null> {
  const channel = new BroadcastChannel(name);
  const { promise, resolve } = Promise.withResolvers<Session | null>();
  const timer = setTimeout(() => resolve(null), ASK_MS);
  channel.onmessage = ({ data }) => {
    if (typeof data === 'object' && data !== null && 'token' in data && typeof data.token === 'string') {
      resolve({ token: data.token });
    }
  };
  channel.postMessage('who is in?');
  return promise.finally(() => {
    clearTimeout(timer);
    channel.close();
  });
}
