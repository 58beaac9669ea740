/** Bytes on their way to a file: filled on one side, taken on the other, in two buffers that are used in turn. */
export interface AppendQueue {
  readonly byteCount: () => number;
  /** Copies the bytes. */
  readonly append: (bytes: Uint8Array) => void;
  /** Everything appended so far; valid until the take after the next one. */
  readonly take: () => Uint8Array;
  /** Nothing is appended any more, and what was taken is no longer needed. */
  readonly release: () => void;
}

const firstCapacity = 8 * 1024;

export function createAppendQueue(): AppendQueue {
  let filling = Buffer.allocUnsafeSlow(firstCapacity);
  let resting = Buffer.allocUnsafeSlow(firstCapacity);
  let used = 0;
  return {
    byteCount: () => used,
    append: (bytes) => {
      if (used + bytes.length > filling.length) filling = grown(filling, used + bytes.length);
      filling.set(bytes, used);
      used += bytes.length;
    },
    take: () => {
      const taken = filling.subarray(0, used);
      [filling, resting] = [resting, filling];
      used = 0;
      return taken;
    },
    release: () => {
      for (const { buffer } of [filling, resting]) buffer.transfer(0);
    },
  };
}

/** Transferred memory is given back at once: what is only dropped V8 lets lie until tens of megabytes have come together. */
const grown = ({ buffer }: Buffer<ArrayBuffer>, needed: number): Buffer<ArrayBuffer> =>
  Buffer.from(buffer.transfer(Math.max(needed, 2 * buffer.byteLength)));
