export type ByteSource = AsyncIterable<Uint8Array>;
