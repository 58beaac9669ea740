const BLOCK_BYTES = 64 * 1024;
/** Of one character of a string, in UTF-8. */
const MOST_BYTES = 3;

/**
 * Makes UTF-8 of one text after the other, in the same memory: the bytes are valid until the next call. For who does so
 * with every line of a stream: fresh buffers lie about until V8 looks at all of its memory.
 */
export function createTextBytes(): (text: string) => Uint8Array {
  const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  return (text) => (text.length * MOST_BYTES > BLOCK_BYTES ? Buffer.from(text) : block.subarray(0, block.write(text)));
}
