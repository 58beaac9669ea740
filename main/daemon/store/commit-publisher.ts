import type { EventRecord } from '../../../contract/events.ts';

export type CommitListener = (events: readonly EventRecord[]) => void;

export interface CommitPublisher {
  readonly onCommit: (listener: CommitListener) => () => void;
  readonly publish: (events: readonly EventRecord[]) => void;
}

/**
 * Hands committed events to listeners, commit by commit. A listener that commits something itself only queues it: every
 * listener sees the commits in the order of the log. A listener that throws harms neither the writer nor the others.
 */
export function createCommitPublisher(onListenerError: (error: unknown) => void): CommitPublisher {
  const listeners = new Set<CommitListener>();
  const queue: (readonly EventRecord[])[] = [];
  let isPublishing = false;

  function deliver(events: readonly EventRecord[]): void {
    const present = [...listeners];
    for (const listener of present) {
      try {
        listener(events);
      } catch (error) {
        onListenerError(error);
      }
    }
  }

  return {
    onCommit(listener) {
      const own: CommitListener = (events) => listener(events);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    publish(events) {
      queue.push(events);
      if (isPublishing) return;
      isPublishing = true;
      for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) deliver(batch);
      isPublishing = false;
    },
  };
}
