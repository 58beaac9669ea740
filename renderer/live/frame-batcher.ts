/** Hands over what came since the last frame, together. A hidden page draws no frames: there a timer does it. */
export interface FrameBatcher<T> {
  readonly add: (entry: T) => void;
  readonly stop: () => void;
}

const HIDDEN_MS = 250;

export function createFrameBatcher<T>(publish: (entries: readonly T[]) => void): FrameBatcher<T> {
  let waiting: T[] = [];
  let cancel: (() => void) | null = null;
  const flush = (): void => {
    cancel = null;
    const entries = waiting;
    waiting = [];
    publish(entries);
  };
  return {
    add: (entry) => {
      waiting.push(entry);
      cancel ??= inNextFrame(flush);
    },
    stop: () => {
      cancel?.();
      cancel = null;
      waiting = [];
    },
  };
}

/** A page that is hidden before its frame comes would wait until it is looked at again: the timer is there for that. */
function inNextFrame(run: () => void): () => void {
  const cancel = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const runOnce = (): void => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(runOnce);
  const timer = setTimeout(runOnce, HIDDEN_MS);
  return cancel;
}
