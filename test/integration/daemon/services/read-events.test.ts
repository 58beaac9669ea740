import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { EventRecord } from '../../../../contract/events.ts';
import { type EventFilter, followEvents } from '../../../../main/daemon/services/read-events.ts';
import type { Store } from '../../../../main/daemon/store/store.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';
import { runIdOf } from '../../../support/test-services.ts';

function append(store: Store, count: number, run = 'r1'): void {
  const runId = runIdOf(run);
  store.transaction(() => {
    for (let number = 0; number < count; number += 1)
      store.events.append({ type: 'run.created', actor: 'test', runId });
  });
}

/** Follows as a reader of its own pace does: `before` runs before each event is taken. */
function follow(
  store: Store,
  options: EventFilter & { readonly after?: number; readonly before?: () => unknown } = {},
) {
  const { after = 0, before, ...filter } = options;
  const controller = new AbortController();
  const seqs: number[] = [];
  const read = async () => {
    for await (const event of followEvents({ store }, { after, ...filter, signal: controller.signal })) {
      if (!event.ok) return event.error;
      seqs.push(event.value.seq);
      await before?.();
    }
    return null;
  };
  return { seqs, ended: read(), stop: () => controller.abort() };
}

const upTo = (last: number, first = 1): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => n + first);

describe('following events', () => {
  it('SRV-10: gives every event once and in order, however commits and reading fall together', async () => {
    const pauses = fc.infiniteStream(fc.nat({ max: 3 }));
    const bursts = fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(700)), {
      minLength: 1,
      maxLength: 12,
    });
    const plan = fc.record({ earlier: fc.constantFrom(0, 3, 499, 500, 501, 1200), bursts, pauses });
    await fc.assert(
      fc.asyncProperty(plan, async ({ earlier, bursts: commits, pauses: pace }) => {
        const { store } = temporaryStore();
        if (earlier > 0) append(store, earlier);
        const rest = async () => {
          for (let left = pace.next().value; left > 0; left -= 1) await turn();
        };
        const reader = follow(store, { before: rest });
        for (const count of commits) {
          append(store, count);
          await rest();
        }
        const total = store.events.lastSeq();
        await expect.poll(() => reader.seqs.length, { interval: 1 }).toBe(total);
        reader.stop();
        await reader.ended;
        expect(reader.seqs).toEqual(upTo(total));
        store.close();
      }),
      { numRuns: 10 },
    );
  });

  it('SRV-10: begins after the cursor, and waits when nothing is there', async () => {
    const { store } = temporaryStore();
    append(store, 4);
    const reader = follow(store, { after: 3 });
    await expect.poll(() => reader.seqs).toEqual([4]);
    append(store, 2);
    await expect.poll(() => reader.seqs).toEqual([4, 5, 6]);
    reader.stop();
    expect(await reader.ended).toBeNull();
  });

  it('SRV-11: of one run goes through its events only', async () => {
    const { store } = temporaryStore();
    for (let round = 0; round < 4; round += 1) {
      append(store, 1, 'mine');
      append(store, 2000, 'others');
    }
    let rowsRead = 0;
    const read: typeof store.events.read = (page) => {
      const events = store.events.read(page);
      rowsRead += events.length;
      return events;
    };
    const reader = follow({ ...store, events: { ...store.events, read } }, { runId: runIdOf('mine') });
    await expect.poll(() => reader.seqs.length).toBe(4);
    append(store, 3, 'others');
    append(store, 1, 'mine');
    await expect.poll(() => reader.seqs).toEqual([1, 2002, 4003, 6004, store.events.lastSeq()]);
    expect(rowsRead).toBe(4);
    reader.stop();
    await reader.ended;
  });

  it('SRV-12: tells a reader that fell too far behind where it was, and it can go on from there', async () => {
    const { store } = temporaryStore();
    const held = Promise.withResolvers<void>();
    const reader = follow(store, { before: () => held.promise });
    await turn();
    append(store, 1);
    await expect.poll(() => reader.seqs).toEqual([1]);
    append(store, 10_001);
    held.resolve();
    expect(await reader.ended).toEqual({ code: 'reader_too_slow', lastSeq: 1 });
    const again = follow(store, { after: 1 });
    await expect.poll(() => again.seqs.length).toBe(10_001);
    again.stop();
    expect(await again.ended).toBeNull();
  });

  it('SRV-13: leaves nothing behind when the reader goes, waiting or not', async () => {
    const { store } = temporaryStore();
    let listeners = 0;
    const onCommit: Store['onCommit'] = (listener) => {
      const stop = store.onCommit(listener);
      listeners += 1;
      return () => {
        listeners -= 1;
        stop();
      };
    };
    const waiting = follow({ ...store, onCommit });
    await turn();
    expect(listeners).toBe(1);
    waiting.stop();
    expect(await waiting.ended).toBeNull();
    append(store, 3);
    const busy: EventRecord[] = [];
    for await (const event of followEvents(
      { store: { ...store, onCommit } },
      { after: 0, signal: AbortSignal.timeout(60_000) },
    )) {
      if (event.ok) busy.push(event.value);
      if (busy.length === 2) break;
    }
    expect(listeners).toBe(0);
  });
});
