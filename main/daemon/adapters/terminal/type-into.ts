import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '../../../../contract/result.ts';

/** Why not everything that was typed has arrived, in a sentence. */
export interface TypingProblem {
  readonly sentence: string;
  readonly typedBytes: number;
}

export interface Keyboard {
  /** In the order of the calls. Waits for a program that does not read, and gives up after a while. */
  type(bytes: Uint8Array): Promise<Result<void, TypingProblem>>;
  /** Whether the descriptor still is this terminal: its number is given to others once it is closed. */
  isOpen(): boolean;
}

const patienceMs = 5000;
const retryMs = 20;

/**
 * Writes into the master side of a terminal. node-pty's own writing tries again without a pause, for ever, while a program
 * does not read.
 */
export function createKeyboard(masterFd: number): Keyboard {
  const terminal = terminalBehind(masterFd);
  const isOpen = () => terminal !== null && terminalBehind(masterFd) === terminal;
  let last: Promise<unknown> = Promise.resolve();

  const typeAll = async (bytes: Uint8Array): Promise<Result<void, TypingProblem>> => {
    const deadline = performance.now() + patienceMs;
    for (let typedBytes = 0; typedBytes < bytes.length; ) {
      if (!isOpen()) return err({ sentence: 'its terminal is closed', typedBytes });
      const written = tryWriting(masterFd, bytes.subarray(typedBytes));
      if (written > 0) typedBytes += written;
      else if (performance.now() > deadline) return err({ sentence: 'it does not read what is typed', typedBytes });
      else await sleep(retryMs);
    }
    return ok(undefined);
  };
  return {
    isOpen,
    type(bytes) {
      const typed = last.then(() => typeAll(bytes));
      last = typed;
      return typed;
    },
  };
}

/** How many bytes were taken; none while the buffers are full. The descriptor does not block. */
function tryWriting(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EIO')) return 0;
    throw error;
  }
}

/** The kernel's number of it; null: the descriptor is closed, or no terminal. */
function terminalBehind(fd: number): string | null {
  try {
    return /^tty-index:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1] ?? null;
  } catch {
    return null; // ENOENT: nothing is open under this number
  }
}
