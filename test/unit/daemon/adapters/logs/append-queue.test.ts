import { describe, expect, it } from 'vitest';
import { createAppendQueue } from '../../../../../main/daemon/adapters/logs/append-queue.ts';

describe('append queue', () => {
  it('keeps every byte, in order, while it grows and while a batch is out', () => {
    const queue = createAppendQueue();
    queue.append(Buffer.alloc(5_000, 'a'));
    const first = queue.take();
    for (let count = 0; count < 30; count += 1) queue.append(Buffer.alloc(1_000, `${count % 10}`));
    expect(Buffer.from(first).equals(Buffer.alloc(5_000, 'a'))).toBe(true);
    const wanted = Array.from({ length: 30 }, (_, count) => `${count % 10}`.repeat(1_000)).join('');
    expect(Buffer.from(queue.take()).toString()).toBe(wanted);
    expect(queue.byteCount()).toBe(0);
  });

  it('gives its memory back at once', () => {
    const queue = createAppendQueue();
    queue.append(Buffer.alloc(100_000));
    const taken = queue.take();
    queue.release();
    expect(taken).toHaveLength(0);
  });
});
