import { Socket } from 'node:net';
import type { ByteSink } from './byte-sink.ts';

/** The way of one pipe into one sink. */
export interface OutputPump {
  /** Settled when the pipe has ended, broken or been given up, and the sink has taken everything. */
  readonly drained: Promise<void>;
  isDrained(): boolean;
  /** Milliseconds since the pipe last had something to say; 0 while the sink makes it wait. */
  idleMs(): number;
  /** Reads no more: whoever still holds the other end talks to nobody. */
  giveUp(): void;
}

const chunkBytes = 64 * 1024;

/** Reads into one buffer, over and over, as fast as the sink and no faster (PROC-8). Takes the descriptor over. */
export function pumpOutput(readEnd: number, sink: ByteSink): OutputPump {
  let lastByteAt = performance.now();
  let waiting: Promise<void> | null = null;
  let isDrained = false;

  const take = (byteCount: number, buffer: Uint8Array): boolean => {
    lastByteAt = performance.now();
    const taken = sink.write(buffer.subarray(0, byteCount));
    if (taken === undefined) return true;
    waiting = taken.then(() => {
      waiting = null;
      lastByteAt = performance.now();
      pipe.resume();
    });
    return false;
  };
  const onread = { buffer: Buffer.allocUnsafeSlow(chunkBytes), callback: take };
  const pipe = new Socket({ fd: readEnd, readable: true, writable: false, onread });
  pipe.on('error', () => pipe.destroy()); // EIO and the like: what came until then is kept
  const drained = closed(pipe)
    .then(() => waiting)
    .then(() => {
      isDrained = true;
    });
  return {
    drained,
    isDrained: () => isDrained,
    idleMs: () => (waiting === null ? performance.now() - lastByteAt : 0),
    giveUp: () => pipe.destroy(),
  };
}

const closed = (pipe: Socket): Promise<void> => new Promise((resolve) => pipe.once('close', () => resolve()));
