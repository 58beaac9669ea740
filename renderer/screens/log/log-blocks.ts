import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { ClientLogLines } from '../../../contract/client/log-lines-routes.ts';
import type { Result } from '../../../contract/result.ts';
import { type LogLine, linesOf } from './line-text.ts';

export const BLOCK_LINES = 256;
const KEPT_BLOCKS = 64;

export interface WantedLines {
  readonly offset: number;
  readonly limit: number;
  readonly signal: AbortSignal;
}

export type ReadLines = (wanted: WantedLines) => Promise<Result<ClientLogLines, ClientFailure>>;

/** The lines of a log by number, of which only those around what is looked at are here. */
export interface LogBlocks {
  /** From 0; null: not here yet. */
  readonly lineAt: (index: number) => LogLine | null;
  /** These are looked at: loads what is missing of them, and lets go of what is loaded for others. */
  readonly look: (from: number, to: number) => void;
  /** Resolves when these lines are here, or could not be read. */
  readonly load: (from: number, to: number) => Promise<void>;
  /** There are so many lines now. The last one that was known may have gone on. */
  readonly grow: (total: number) => void;
  readonly failure: () => ClientFailure | null;
  /** Asks again after a failure. */
  readonly retry: () => void;
  readonly close: () => void;
  readonly blockCount: () => number;
}

interface Block {
  lines: readonly LogLine[];
  /** Lines beyond these are shown, and read again. */
  fresh: number;
  loading: { readonly stop: AbortController; readonly done: Promise<void> } | null;
}

export function createLogBlocks(read: ReadLines, onChange: () => void): LogBlocks {
  const blocks = new Map<number, Block>();
  let wanted: ReadonlySet<number> = new Set();
  let total = 0;
  let failure: ClientFailure | null = null;

  const linesIn = (number: number): number => Math.max(0, Math.min(BLOCK_LINES, total - number * BLOCK_LINES));
  const isWhole = (number: number): boolean => (blocks.get(number)?.fresh ?? 0) >= linesIn(number);

  const readBlock = async (number: number, block: Block, stop: AbortController): Promise<void> => {
    while (!isWhole(number) && !stop.signal.aborted) {
      const have = block.fresh;
      const limit = linesIn(number) - have;
      const answer = await read({ offset: number * BLOCK_LINES + have, limit, signal: stop.signal });
      if (stop.signal.aborted) return;
      failure = answer.ok ? null : answer.error;
      if (!answer.ok || answer.value.lines.length === 0) break;
      block.lines = [...block.lines.slice(0, have), ...linesOf(answer.value)];
      block.fresh = block.lines.length;
      onChange();
    }
    if (failure !== null) onChange();
  };

  const loadBlock = (number: number): Promise<void> => {
    const block = blocks.get(number) ?? { lines: [], fresh: 0, loading: null };
    // Taken out and put in again: the map's order is the order in which blocks were looked at.
    blocks.delete(number);
    blocks.set(number, block);
    if (block.loading !== null) return block.loading.done;
    if (isWhole(number)) return Promise.resolve();
    const stop = new AbortController();
    const loading = { stop, done: readBlock(number, block, stop) };
    block.loading = loading;
    return loading.done.finally(() => {
      if (block.loading === loading) block.loading = null;
    });
  };

  const forgetOthers = (): void => {
    for (const [number, block] of blocks) {
      if (wanted.has(number)) continue;
      block.loading?.stop.abort();
      block.loading = null;
      if (blocks.size > KEPT_BLOCKS || block.lines.length === 0) blocks.delete(number);
    }
  };

  const look = (from: number, to: number): void => {
    wanted = blocksOf(from, Math.min(to, total));
    forgetOthers();
    if (failure !== null) return;
    for (const number of wanted) void loadBlock(number);
  };

  return {
    look,
    lineAt: (index) => blocks.get(Math.floor(index / BLOCK_LINES))?.lines[index % BLOCK_LINES] ?? null,
    load: async (from, to) => {
      await Promise.all([...blocksOf(from, to)].map(loadBlock));
    },
    grow: (newTotal) => {
      const last = blocks.get(Math.floor((total - 1) / BLOCK_LINES));
      if (last !== undefined) last.fresh = Math.min(last.fresh, (total - 1) % BLOCK_LINES);
      total = newTotal;
    },
    failure: () => failure,
    retry: () => {
      failure = null;
      for (const number of wanted) void loadBlock(number);
      onChange();
    },
    close: () => {
      for (const { loading } of blocks.values()) loading?.stop.abort();
    },
    blockCount: () => blocks.size,
  };
}

function blocksOf(from: number, to: number): ReadonlySet<number> {
  const numbers = new Set<number>();
  if (to <= from) return numbers;
  for (let number = Math.floor(from / BLOCK_LINES); number * BLOCK_LINES < to; number += 1) numbers.add(number);
  return numbers;
}
