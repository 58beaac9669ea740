import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';

import { createStore } from '../../../../main/daemon/store/create-store.ts';
import { StorageFull } from '../../../../main/daemon/store/storage-full.ts';
import { AT_MS, run } from '../../../support/sample-records.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';

/** A store whose file may not grow beyond a few pages more: SQLite reports that like a full disk. */
function crampedStore() {
  const { path, raw } = temporaryStore();
  const db = new Database(path);
  onTestFinished(() => void db.close());
  const setPages = (more: number) =>
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + more}`);
  return { store: createStore(db, { clock: () => AT_MS }), setPages, raw };
}

const bulky = (id: string) => run({ id, recoveryNotes: 'x'.repeat(50_000) });

it('TXN-6: a full disk rolls back and throws StorageFull, and the store goes on when there is room', () => {
  const { store, setPages } = crampedStore();
  const heard: number[] = [];
  store.onCommit((events) => heard.push(events.length));
  setPages(2);
  const work = () =>
    store.transaction(() => {
      store.events.append({ type: 'run.created', actor: 'operator' });
      store.runs.insert(bulky('r1'));
    });
  expect(work).toThrow(StorageFull);
  expect(work).toThrow('Free some space');
  expect([store.runs.get(bulky('r1').id), store.events.lastSeq(), heard]).toEqual([null, 0, []]);
  setPages(1000);
  work();
  expect([store.runs.get(bulky('r1').id), store.events.lastSeq(), heard]).toEqual([bulky('r1'), 1, [1]]);
});

it('TXN-6: work that goes on after the disk was full writes nothing', () => {
  const { store, setPages } = crampedStore();
  setPages(2);
  const work = () =>
    store.transaction(() => {
      expect(() => store.runs.insert(bulky('r1'))).toThrow();
      setPages(1000);
      expect(() => store.runs.insert(run({ id: 'r2' }))).toThrow();
      expect(() => store.events.append({ type: 'run.created', actor: 'operator' })).toThrow();
    });
  expect(work).toThrow(StorageFull);
  expect([store.runs.list({ limit: 9 }), store.events.lastSeq()]).toEqual([[], 0]);
  store.runs.insert(run({ id: 'r3' }));
  expect(store.runs.list({ limit: 9 })).toHaveLength(1);
});

it('TXN-6: a single write is told the same', () => {
  const { store, setPages } = crampedStore();
  setPages(2);
  expect(() => store.runs.insert(bulky('r1'))).toThrow(StorageFull);
});

it('ROW-3: an unreadable row is skipped while the disk is full, and put aside when there is room', () => {
  const { store, setPages, raw } = crampedStore();
  store.runs.insert(bulky('r1'));
  store.runs.insert(run({ id: 'r2' }));
  const other = raw();
  other.exec("UPDATE runs SET state = 'gone' WHERE id = 'r1'");
  // Leaves no free page inside the file.
  other.exec('VACUUM');
  setPages(1);
  expect(store.runs.list({ limit: 10 }).map(({ id }) => id)).toEqual(['r2']);
  expect(store.listQuarantined(10)).toEqual([]);
  setPages(1000);
  expect(store.runs.list({ limit: 10 }).map(({ id }) => id)).toEqual(['r2']);
  expect(store.listQuarantined(10)).toHaveLength(1);
});
