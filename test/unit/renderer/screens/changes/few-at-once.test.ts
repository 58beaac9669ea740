import { describe, expect, it } from 'vitest';
import { fewAtOnce } from '../../../../../renderer/screens/changes/few-at-once.ts';
import { toldLater } from '../../../../../renderer/screens/changes/told-later.ts';

describe('a few at once', () => {
  it('never runs more, and takes the newest first', async () => {
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const ask = fewAtOnce(2, (item) => {
      begun.push(item);
      const { promise, resolve } = Promise.withResolvers<void>();
      ends.set(item, resolve);
      return promise;
    });
    for (const item of ['a', 'b', 'c', 'd']) ask(item);
    expect(begun).toEqual(['a', 'b']);
    ends.get('a')?.();
    await expect.poll(() => begun).toEqual(['a', 'b', 'd']);
    ends.get('b')?.();
    await expect.poll(() => begun).toEqual(['a', 'b', 'd', 'c']);
  });
});

describe('what is told together', () => {
  it('is told once, with all of it', async () => {
    const value = toldLater(0, 0);
    const seen: number[] = [];
    const stop = value.subscribe(() => seen.push(value.read()));
    value.change((before) => before + 1);
    value.change((before) => before + 1);
    expect(value.read()).toBe(0);
    await expect.poll(() => seen).toEqual([2]);
    stop();
  });
});
