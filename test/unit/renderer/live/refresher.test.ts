import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { backoffMs } from '../../../../renderer/live/backoff.ts';
import { createRefresher } from '../../../../renderer/live/refresher.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('reads anew at once, and then not more often than every 400 ms', () => {
  const read: string[] = [];
  const refresher = createRefresher((key) => void read.push(key.join('/')));
  refresher.touch([['run', 'r']]);
  vi.advanceTimersByTime(0);
  expect(read).toEqual(['run/r']);
  for (let count = 0; count < 5; count += 1) refresher.touch([['run', 'r'], ['gates']]);
  vi.advanceTimersByTime(399);
  expect(read).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(read).toEqual(['run/r', 'run/r', 'gates']);
});

it('rests when nothing changes, and stops when it is told to', () => {
  const read: string[] = [];
  const refresher = createRefresher((key) => void read.push(key.join('/')));
  refresher.touch([['gates']]);
  vi.advanceTimersByTime(5000);
  expect(read).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
  refresher.touch([['gates']]);
  refresher.stop();
  vi.advanceTimersByTime(5000);
  expect(read).toHaveLength(1);
});

it('comes back later and later, and never all at once', () => {
  expect([0, 1, 2, 20].map((failures) => backoffMs(failures, 1))).toEqual([250, 500, 1000, 10_000]);
  expect(backoffMs(3, 0)).toBe(1000);
});
