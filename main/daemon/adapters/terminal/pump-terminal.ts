import type { IPty } from 'node-pty';
import type { ByteSink } from '../process/byte-sink.ts';
import type { OutputPump } from '../process/pump-output.ts';

export interface PumpedTerminal {
  readonly pty: IPty;
  readonly sink: ByteSink;
  readonly isLeaderAlive: () => boolean;
  /** When the terminal is closed: nothing comes after it. */
  readonly closed: Promise<unknown>;
}

/** How often a program that is made to wait is looked at: node-pty closes a terminal 200 ms after its program's end. */
const lookEveryMs = 50;

/** The way of a terminal's output into a sink, as fast as the sink and no faster while its program lives (TERM-2). */
export function pumpTerminal({ pty, sink, isLeaderAlive, closed }: PumpedTerminal): OutputPump {
  let lastByteAt = performance.now();
  let waiting: Promise<void> | null = null;
  let waits = 0;
  let isDrained = false;

  const goOn = () => {
    waits -= 1;
    if (waits > 0) return;
    waiting = null;
    lastByteAt = performance.now();
    pty.resume();
  };
  const wait = async (taken: Promise<unknown>) => {
    waits += 1;
    pty.pause();
    // What the kernel still holds of a program that has ended is little, and would be lost.
    const look = setInterval(() => (isLeaderAlive() ? undefined : pty.resume()), lookEveryMs);
    await taken;
    clearInterval(look);
    goOn();
  };
  // Raw bytes, whatever the types of node-pty say: its encoding is off.
  pty.onData((data) => {
    lastByteAt = performance.now();
    const taken = sink.write(Buffer.from(data));
    if (taken !== undefined) waiting = wait(Promise.all([waiting, taken]));
  });
  const drained = closed
    .then(() => waiting)
    .then(() => {
      isDrained = true;
    });
  return {
    drained,
    isDrained: () => isDrained,
    idleMs: () => (waiting === null ? performance.now() - lastByteAt : 0),
    giveUp: () => undefined, // it is closed by its program's end
  };
}
