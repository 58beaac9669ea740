import { expect, it } from 'vitest';
import { createLiveRecords } from '../../../../renderer/live/live-records.ts';

const state = (name: string, seq: number) => ({ state: name, seq, atMs: seq * 10 });
const one = (id: string, name: string, seq: number) => new Map([[id, state(name, seq)]]);

it('wakes who watches the record that changed, and nobody else', () => {
  const live = createLiveRecords();
  const woken: string[] = [];
  live.subscribe('a', () => void woken.push('a'));
  live.subscribe('b', () => void woken.push('b'));
  live.put(one('a', 'running', 1));
  expect(woken).toEqual(['a']);
  expect(live.get('a')).toEqual(state('running', 1));
});

it('lets the later event win, in whatever order they come', () => {
  const live = createLiveRecords();
  live.put(one('a', 'completed', 5));
  live.put(one('a', 'running', 4));
  expect(live.get('a')?.state).toBe('completed');
});

it('is silent for who has left', () => {
  const live = createLiveRecords();
  const woken: string[] = [];
  const leave = live.subscribe('a', () => void woken.push('a'));
  leave();
  live.put(one('a', 'running', 1));
  expect(woken).toEqual([]);
});

it('forgets what nobody watches, the oldest first, and nothing that is watched', () => {
  const live = createLiveRecords(3);
  live.subscribe('0', () => {});
  for (let seq = 0; seq < 10; seq += 1) live.put(one(String(seq), 'running', seq + 1));
  expect(live.size()).toBe(3);
  expect(['0', '8', '9'].map((id) => live.get(id)?.seq)).toEqual([1, 9, 10]);
});
