/** Bytes on their way to a file: filled on one side, taken on the other, in two buffers that are used in turn. */
export interface AppendQueue {
  readonly byteCount: () => number;
  /** Copies the bytes. */
  readonly append: (bytes: Uint8Array) => void;
  /** Everything appended so far; valid until the take after the next one. */
  readonly take: () => Uint8Array;
}

const firstCapacity = 8 * 1024;

export function createAppendQueue(): AppendQueue {
  let filling = Buffer.allocUnsafeSlow(firstCapacity);
  let resting = Buffer.allocUnsafeSlow(firstCapacity);
  let used = 0;
  return {
    byteCount: () => used,
    append: (bytes) => {
      if (used + bytes.length > filling.length) filling = grown(filling, used, used + bytes.length);
      filling.set(bytes, used);
      used += bytes.length;
    },
    take: () => {
      const taken = filling.subarray(0, used);
      [filling, resting] = [resting, filling];
      used = 0;
      return taken;
    },
  };
}

function grown(buffer: Buffer, used: number, needed: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * buffer.length));
  larger.set(buffer.subarray(0, used));
  return larger;
}
