import { execFile } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Both ends as file descriptors; whoever opened it closes them. */
export interface OutputPipe {
  readonly readEnd: number;
  readonly writeEnd: number;
  /** What /proc shows as the file behind either end. */
  readonly path: string;
}

/**
 * A supply of real pipes. Node connects a child by sockets, which a script cannot open again: `echo … > /dev/stderr`
 * fails there and works in every terminal. Node cannot make a pipe either, so named ones are made in stock.
 */
export interface OutputPipes {
  /** Rejects when the system has no `mkfifo` or no descriptors left. */
  open(): Promise<OutputPipe>;
  dispose(): Promise<void>;
}

const batchSize = 16;
const lowWater = 8;

/**
 * `directory` belongs to the supply alone: it is made, emptied and removed by it. A pipe lies in it for an instant only,
 * so that nobody who walks the folder waits at its end.
 */
export function createOutputPipes(directory: string): OutputPipes {
  const stock: OutputPipe[] = [];
  let made = 0;
  let refill: Promise<void> | null = null;

  const makeBatch = async () => {
    if (made === 0) await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const paths = Array.from({ length: batchSize }, (_, index) => join(directory, `pipe-${made + index}`));
    made += batchSize;
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]).catch(explainMkfifo);
    for (const path of paths) stock.push(openBothEnds(path));
  };
  const replenish = () => {
    refill ??= makeBatch().finally(() => {
      refill = null;
    });
    return refill;
  };
  const take = async (): Promise<OutputPipe> => {
    while (stock.length === 0) await replenish();
    if (stock.length <= lowWater) replenish().catch(() => undefined); // whoever finds the stock empty tries again and hears why
    return stock.shift() ?? take();
  };
  return {
    open: take,
    dispose: async () => {
      await refill?.catch(() => undefined); // what was made before it failed is in stock
      for (const pipe of stock.splice(0)) closeBothEnds(pipe);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Its own error would read as if the program that the pipes are for were missing. */
function explainMkfifo(cause: unknown): never {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
  const what = isMissing
    ? 'mkfifo is not on PATH (it comes with coreutils)'
    : 'mkfifo cannot make the pipes for its output';
  throw new Error(what, { cause });
}

function closeBothEnds({ readEnd, writeEnd }: OutputPipe): void {
  closeSync(readEnd);
  closeSync(writeEnd);
}

/** The reading end does not block; the writing end is a description of its own and does, as programs expect. */
function openBothEnds(path: string): OutputPipe {
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { readEnd, writeEnd: openSync(path, constants.O_WRONLY), path };
  } catch (error) {
    closeSync(readEnd);
    throw error;
  } finally {
    unlinkSync(path);
  }
}
