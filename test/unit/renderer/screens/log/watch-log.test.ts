import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../../../contract/result.ts';
import { type LogLength, type WatchedLog, watchLog } from '../../../../../renderer/screens/log/watch-log.ts';

/** What the daemon answers, one after the other. */
function watchedLog(lengths: readonly (LogLength | null | 'broken')[], more: Partial<WatchedLog> = {}) {
  const told: unknown[] = [];
  const waits: number[] = [];
  const pauses: number[] = [];
  let at = 0;
  const stopping = new AbortController();
  const watched: WatchedLog = {
    measure: async () => {
      const length = lengths[at];
      at += 1;
      if (length === undefined) stopping.abort();
      return length === 'broken' ? err({ kind: 'unreadable', status: 500, detail: '' }) : ok(length ?? null);
    },
    countLines: async () => ok(at * 10),
    waitBeyond: async (bytes) => {
      waits.push(bytes);
      return true;
    },
    onLength: ({ lines, bytes }) => void told.push([lines, bytes]),
    onNone: () => void told.push('none'),
    onFailure: ({ kind }) => void told.push(kind),
    signal: stopping.signal,
    pause: async (ms) => void pauses.push(ms),
    ...more,
  };
  return { watched, told, waits, pauses };
}

describe('a log that is watched', () => {
  it('is told whenever it has grown, until its attempt has ended', async () => {
    const { watched, told, waits } = watchedLog([
      { bytes: 5, isLive: true },
      { bytes: 9, isLive: true },
      { bytes: 9, isLive: false },
    ]);
    await watchLog(watched);
    expect(told).toEqual([
      [10, 5],
      [20, 9],
      [30, 9],
    ]);
    expect(waits).toEqual([5, 9]);
  });

  it('is awaited as long as there is none, and asked for again when it cannot be read', async () => {
    const { watched, told, waits } = watchedLog([null, 'broken', { bytes: 1, isLive: false }]);
    await watchLog(watched);
    expect(told).toEqual(['none', 'unreadable', [30, 1]]);
    expect(waits).toEqual([0]);
  });

  it('is asked less often when it is closed and its attempt goes on', async () => {
    const { watched, pauses } = watchedLog(
      [
        { bytes: 1, isLive: true },
        { bytes: 1, isLive: false },
      ],
      {
        waitBeyond: async () => false,
      },
    );
    await watchLog(watched);
    expect(pauses).toEqual([2000]);
  });
});
