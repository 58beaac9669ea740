import type { Dialogue, Message } from './json-lines.ts';

export interface Calls {
  /** Resolves with the result; rejects with the error object of the answer. */
  readonly call: (method: string, params?: object) => Promise<Message>;
  /** Whether this message answers one of our calls. */
  readonly takes: (message: Message) => boolean;
}

interface Waiting {
  readonly resolve: (result: Message) => void;
  readonly reject: (error: unknown) => void;
}

/** Numbered calls over a dialogue (JSON-RPC; `extra` is what each call also carries). */
export function numberedCalls(dialogue: () => Dialogue, extra: object = {}): Calls {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  return {
    call: (method, params = {}) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        dialogue().send({ ...extra, id: lastId, method, params });
      }),
    takes: (message) => {
      const waiter = message.method === undefined ? waiting.get(message.id) : undefined;
      if (waiter === undefined) return false;
      waiting.delete(message.id);
      if (message.error === undefined) waiter.resolve(message.result);
      else waiter.reject(new CallError(message.error));
      return true;
    },
  };
}

export class CallError extends Error {
  constructor(error: unknown) {
    super(JSON.stringify(error));
  }
}
