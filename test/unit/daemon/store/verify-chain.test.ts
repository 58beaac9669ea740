import { readFileSync, writeFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Store } from '../../../../main/daemon/store/store.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';

const COUNT = 12;

/** A log of twelve entries, and a connection without the triggers that protect it. */
function chain(count = COUNT): { readonly store: Store; readonly db: Database } {
  const { store, raw } = temporaryStore();
  appendEntries(store, count);
  const db = raw();
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  return { store, db };
}

function appendEntries(store: Store, count: number): void {
  store.transaction(() => {
    for (let index = 1; index <= count; index += 1) {
      store.events.append({ type: 'attempt.progress', actor: 'daemon', payload: { index } });
    }
  });
}

/** Gives entry `from` the number `to`, with everything else as it was. */
const renumber = (db: Database, from: number, to: number) =>
  db.prepare('UPDATE events SET seq = ? WHERE seq = ?').run(to, from);

const seqIn = (min: number, max: number) => fc.integer({ min, max });

describe('verification of the chain', () => {
  it('EVT-7: passes a log that nobody touched', async () => {
    const { store } = temporaryStore();
    expect(await store.events.verifyChain()).toMatchObject({ ok: true, checked: 0, firstBadSeq: null });
    appendEntries(store, 1200);
    expect(await store.events.verifyChain()).toEqual({
      ok: true,
      checked: 1200,
      firstBadSeq: null,
      sentence: '1200 entries checked: the chain is whole.',
    });
  });

  it.each([
    ['at_ms', 'at_ms + 1'],
    ['type', "'step.resolved'"],
    ['actor', "'operator'"],
    ['run_id', "'r1'"],
    ['step_id', "'s1'"],
    ['attempt_id', "'a1'"],
    ['gate_id', "'g1'"],
    ['payload', "replace(payload, 'index', 'indey')"],
    ['payload', "'{'"],
    ['previous_hash', "replace(previous_hash, substr(previous_hash, 1, 1), 'g')"],
    ['hash', "replace(hash, substr(hash, 1, 1), 'g')"],
  ])('EVT-8: finds an entry whose %s was set to %s', async (column, value) => {
    const { store, db } = chain();
    db.exec(`UPDATE events SET ${column} = ${value} WHERE seq = 5`);
    expect(await store.events.verifyChain()).toMatchObject({
      ok: false,
      checked: 4,
      firstBadSeq: 5,
      sentence: expect.stringContaining('Entry 5'),
    });
  });

  it('EVT-8: finds a changed byte in the file of the database', async () => {
    const { store, path, reopen } = temporaryStore();
    appendEntries(store, COUNT);
    store.close();
    const bytes = readFileSync(path);
    const at = bytes.indexOf('{"index":8}') + '{"index":'.length;
    bytes[at] = '9'.charCodeAt(0);
    writeFileSync(path, bytes);
    expect(await reopen().events.verifyChain()).toMatchObject({ ok: false, checked: 7, firstBadSeq: 8 });
  });

  it('EVT-8: finds removed entries, wherever they were', async () => {
    await fc.assert(
      fc.asyncProperty(seqIn(1, COUNT), seqIn(0, 3), async (first, more) => {
        const { store, db } = chain();
        const last = Math.min(first + more, COUNT);
        db.prepare('DELETE FROM events WHERE seq BETWEEN ? AND ?').run(first, last);
        expect(await store.events.verifyChain()).toEqual({
          ok: false,
          checked: first - 1,
          firstBadSeq: first,
          sentence: first === last ? `Entry ${first} is missing.` : `Entries ${first} to ${last} are missing.`,
        });
      }),
      { numRuns: 15 },
    );
  });

  it('EVT-8: finds a removed entry when the ones after it were renumbered', async () => {
    const { store, db } = chain();
    db.exec('DELETE FROM events WHERE seq = 4');
    for (let seq = 5; seq <= COUNT; seq += 1) renumber(db, seq, seq - 1);
    db.exec('UPDATE event_head SET seq = seq - 1');
    expect(await store.events.verifyChain()).toMatchObject({ ok: false, checked: 3, firstBadSeq: 4 });
  });

  it('EVT-8: finds an entry that was put in', async () => {
    const { store, db } = chain();
    for (let seq = COUNT; seq >= 6; seq -= 1) renumber(db, seq, seq + 1);
    db.exec(`INSERT INTO events SELECT 6, at_ms, type, actor, run_id, step_id, attempt_id, gate_id, payload, hash, hash
      FROM events WHERE seq = 5`);
    db.exec('UPDATE event_head SET seq = seq + 1');
    expect(await store.events.verifyChain()).toMatchObject({ ok: false, checked: 5, firstBadSeq: 6 });
  });

  it('EVT-8: finds an entry that was put in at the end', async () => {
    const { store } = chain();
    // The trigger that moves the head is gone.
    appendEntries(store, 1);
    expect(await store.events.verifyChain()).toMatchObject({ ok: false, checked: COUNT, firstBadSeq: COUNT + 1 });
  });

  it('EVT-8: finds two entries that were exchanged', async () => {
    await fc.assert(
      fc.asyncProperty(seqIn(1, COUNT - 1), seqIn(1, COUNT - 1), async (first, distance) => {
        const { store, db } = chain();
        const second = Math.min(first + distance, COUNT);
        renumber(db, first, 99);
        renumber(db, second, first);
        renumber(db, 99, second);
        expect(await store.events.verifyChain()).toMatchObject({ ok: false, checked: first - 1, firstBadSeq: first });
      }),
      { numRuns: 15 },
    );
  });

  it('EVT-6: misses an end that was cut off, and names the last entry when the head was changed instead', async () => {
    const { store, db } = chain();
    db.exec('DELETE FROM events WHERE seq > 10');
    expect(await store.events.verifyChain()).toMatchObject({
      firstBadSeq: 11,
      sentence: 'Entries 11 to 12 are missing.',
    });
    db.exec(`UPDATE event_head SET seq = 10`);
    expect(await store.events.verifyChain()).toMatchObject({ ok: false, firstBadSeq: 10 });
    db.exec('DELETE FROM event_head');
    expect(await store.events.verifyChain()).toMatchObject({ ok: false, firstBadSeq: 10 });
  });

  it('EVT-9: begins where it is told', async () => {
    const { store, db } = chain();
    db.exec("UPDATE events SET actor = 'nobody' WHERE seq = 5");
    expect(await store.events.verifyChain({ fromSeq: 6 })).toMatchObject({ ok: true, checked: 7 });
    expect(await store.events.verifyChain({ fromSeq: 5 })).toMatchObject({ ok: false, checked: 0, firstBadSeq: 5 });
    db.exec('DELETE FROM events WHERE seq = 5');
    expect(await store.events.verifyChain({ fromSeq: 6 })).toMatchObject({
      ok: false,
      firstBadSeq: 5,
      sentence: 'Entry 5 is missing.',
    });
  });

  it('EVT-10: lets other work in, and verifies what that appends', async () => {
    const { store } = temporaryStore();
    appendEntries(store, 1100);
    const verified = store.events.verifyChain();
    appendEntries(store, 50);
    expect(await verified).toMatchObject({ ok: true, checked: 1150 });
  });

  it('EVT-10: ends at a signal', async () => {
    const { store } = temporaryStore();
    appendEntries(store, 1100);
    const controller = new AbortController();
    const verified = store.events.verifyChain({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(verified).rejects.toThrow('enough');
  });
});
