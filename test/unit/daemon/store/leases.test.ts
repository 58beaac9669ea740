import { describe, expect, it } from 'vitest';

import { LeaseRecord } from '../../../../contract/records.ts';
import type { Store } from '../../../../main/daemon/store/store.ts';
import { attempt, step } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const attemptId = attempt({}).id;

const lease = (fence: number, fields: Partial<LeaseRecord> = {}) =>
  LeaseRecord.parse({ attemptId, owner: 'd1', fence, ttlSeconds: 60, heartbeatAtMs: 1, expiresAtMs: 100, ...fields });

function insertAttempts(store: Store): void {
  insertRun(store);
  store.steps.insert(step({}));
  for (const number of [1, 2, 3]) {
    store.attempts.insert(attempt({ id: `s-min-a${number}`, number, lane: number }));
  }
}

describe('fences', () => {
  it('QRY-3: grow for ever, also across restarts and rollbacks', () => {
    const { store, reopen } = temporaryStore();
    const first = [store.leases.nextFence(), store.leases.nextFence()];
    expect(() =>
      store.transaction(() => {
        store.leases.nextFence();
        throw new Error('no');
      }),
    ).toThrow();
    store.close();
    const reopened = reopen();
    const fences = [...first, reopened.leases.nextFence(), reopened.leases.nextFence()];
    expect(fences).toEqual([1, 2, 3, 4]);
  });

  it('QRY-3: do not start again when the leases are gone', () => {
    const { store } = temporaryStore();
    insertAttempts(store);
    const fence = store.leases.nextFence();
    store.leases.insert(lease(fence));
    store.leases.remove(attemptId, fence);
    expect(store.leases.nextFence()).toBe(fence + 1);
  });
});

describe('leases', () => {
  it('QRY-4: are written only with the fence that is recorded', () => {
    const { store } = temporaryStore();
    insertAttempts(store);
    store.leases.insert(lease(5));
    expect(store.leases.save(lease(4, { expiresAtMs: 999 }))).toBe(false);
    expect(store.leases.save(lease(6, { expiresAtMs: 999 }))).toBe(false);
    expect(store.leases.get(attemptId)).toEqual(lease(5));
    expect(store.leases.save(lease(5, { expiresAtMs: 999 }))).toBe(true);
    expect(store.leases.get(attemptId)).toEqual(lease(5, { expiresAtMs: 999 }));
  });

  it('QRY-4: are removed only with the fence that is recorded', () => {
    const { store } = temporaryStore();
    insertAttempts(store);
    store.leases.insert(lease(5));
    expect(store.leases.remove(attemptId, 4)).toBe(false);
    expect(store.leases.remove(attemptId, 5)).toBe(true);
    expect([store.leases.get(attemptId), store.leases.save(lease(5))]).toEqual([null, false]);
  });

  it('are one for each attempt, with a fence of its own', () => {
    const { store } = temporaryStore();
    insertAttempts(store);
    store.leases.insert(lease(5));
    expect(() => store.leases.insert(lease(6))).toThrow('UNIQUE');
    expect(() => store.leases.insert(lease(5, { attemptId: attempt({ id: 's-min-a2' }).id }))).toThrow('UNIQUE');
  });

  it('are listed when they have run out, longest overdue first', () => {
    const { store } = temporaryStore();
    insertAttempts(store);
    for (const [number, expiresAtMs] of [
      [1, 50],
      [2, 20],
      [3, 51],
    ] as const) {
      store.leases.insert(lease(number, { attemptId: attempt({ id: `s-min-a${number}` }).id, expiresAtMs }));
    }
    expect(store.leases.listExpired(50).map(({ fence }) => fence)).toEqual([2, 1]);
    expect(store.leases.listExpired(19)).toEqual([]);
  });
});
