import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../../../contract/result.ts';
import {
  BLOCK_LINES,
  createLogBlocks,
  type ReadLines,
  type WantedLines,
} from '../../../../../renderer/screens/log/log-blocks.ts';

/** A log of numbered lines that answers when it is told to. */
function stubLog({ total = 10_000, most = 10_000 } = {}) {
  const asked: WantedLines[] = [];
  const state = { total, ending: '', isBroken: false };
  const read: ReadLines = async (wanted) => {
    asked.push(wanted);
    await Promise.resolve();
    if (state.isBroken) return err({ kind: 'aborted' });
    const count = Math.max(0, Math.min(wanted.limit, most, state.total - wanted.offset));
    const numbers = Array.from({ length: count }, (_, index) => wanted.offset + index);
    const lines = numbers.map((number) => `line ${number}${number === state.total - 1 ? state.ending : ''}`);
    return ok({ total: state.total, isComplete: true, lines, numbers, cut: [] });
  };
  return { asked, state, read };
}

const rangesOf = (asked: readonly WantedLines[]) => asked.map(({ offset, limit }) => [offset, limit]);

describe('the blocks of a log', () => {
  it('are read for what is looked at, once', async () => {
    const { read, asked } = stubLog();
    let changes = 0;
    const blocks = createLogBlocks(read, () => {
      changes += 1;
    });
    blocks.grow(10_000);
    blocks.look(250, 300);
    expect(blocks.lineAt(250)).toBeNull();
    await blocks.load(250, 300);
    expect(blocks.lineAt(250)?.text).toBe('line 250');
    expect(blocks.lineAt(299)?.text).toBe('line 299');
    blocks.look(260, 310);
    await blocks.load(260, 310);
    expect(rangesOf(asked)).toEqual([
      [0, BLOCK_LINES],
      [BLOCK_LINES, BLOCK_LINES],
    ]);
    expect(changes).toBe(2);
  });

  it('are read on where an answer was too short', async () => {
    const { read, asked } = stubLog({ most: 100 });
    const blocks = createLogBlocks(read, () => undefined);
    blocks.grow(10_000);
    await blocks.load(0, 10);
    expect(rangesOf(asked)).toEqual([
      [0, 256],
      [100, 156],
      [200, 56],
    ]);
    expect(blocks.lineAt(255)?.text).toBe('line 255');
  });

  it('read the last line again when the log has grown, and show it meanwhile', async () => {
    const { read, state, asked } = stubLog({ total: 10 });
    const blocks = createLogBlocks(read, () => undefined);
    blocks.grow(10);
    await blocks.load(0, 10);
    Object.assign(state, { total: 12, ending: ' goes on' });
    blocks.grow(12);
    expect(blocks.lineAt(9)?.text).toBe('line 9');
    await blocks.load(0, 12);
    expect(rangesOf(asked).at(-1)).toEqual([9, 3]);
    expect(blocks.lineAt(11)?.text).toBe('line 11 goes on');
    Object.assign(state, { ending: ' further' });
    blocks.grow(12);
    await blocks.load(0, 12);
    expect(blocks.lineAt(11)?.text).toBe('line 11 further');
  });

  it('give up what is no longer looked at', () => {
    const { read, asked } = stubLog({ total: 1_000_000 });
    const blocks = createLogBlocks(read, () => undefined);
    blocks.grow(1_000_000);
    blocks.look(0, 50);
    blocks.look(500_000, 500_050);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(blocks.blockCount()).toBe(1);
  });

  it('are as many as are kept, however far one goes', async () => {
    const { read } = stubLog({ total: 1_000_000 });
    const blocks = createLogBlocks(read, () => undefined);
    blocks.grow(1_000_000);
    for (let from = 0; from < 100_000; from += BLOCK_LINES) {
      blocks.look(from, from + 50);
      await blocks.load(from, from + 50);
    }
    expect(blocks.blockCount()).toBeLessThanOrEqual(65);
    expect(blocks.lineAt(0)).toBeNull();
  });

  it('tell what could not be read, and ask again when they are told to', async () => {
    const { read, state, asked } = stubLog();
    const blocks = createLogBlocks(read, () => undefined);
    blocks.grow(10_000);
    state.isBroken = true;
    blocks.look(0, 10);
    await blocks.load(0, 10);
    expect(blocks.failure()).toEqual({ kind: 'aborted' });
    blocks.look(300, 310);
    expect(asked).toHaveLength(1);
    state.isBroken = false;
    blocks.retry();
    await blocks.load(300, 310);
    expect(blocks.failure()).toBeNull();
    expect(blocks.lineAt(300)?.text).toBe('line 300');
  });
});
