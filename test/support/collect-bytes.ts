import type { ByteSink } from '../../main/daemon/adapters/process/byte-sink.ts';

/** A sink that remembers everything, and lets a test wait for some text. */
export interface CollectingSink extends ByteSink {
  text(): string;
  /** Resolves with the first match of the pattern in the text so far and to come. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
}

export function collectBytes(): CollectingSink {
  let text = '';
  const waiting = new Set<() => void>();
  return {
    write: (chunk) => {
      text += Buffer.from(chunk).toString('latin1');
      for (const look of waiting) look();
      return undefined;
    },
    text: () => text,
    waitFor: (pattern) =>
      new Promise((resolve) => {
        const look = () => {
          const match = pattern.exec(text);
          if (match === null) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
      }),
  };
}
