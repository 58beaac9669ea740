import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EVENT_TYPES, type EventDraft } from '../../../../contract/events.ts';
import { RunId, StepId } from '../../../../contract/ids.ts';
import { idText } from '../../../support/arbitrary-records.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';

const started = { type: 'instance.started', actor: 'daemon' } as const;
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const arbitraryDraft: fc.Arbitrary<EventDraft> = fc
  .record({
    type: fc.constantFrom(...EVENT_TYPES),
    actor: fc.string({ unit: 'binary' }),
    runId: optional(idText.map((id) => RunId.parse(id))),
    stepId: optional(idText.map((id) => StepId.parse(id))),
    payload: optional(fc.dictionary(fc.string(), fc.jsonValue())),
  })
  .map(({ type, actor, ...rest }) => ({ type, actor, ...withoutUndefined(rest) }));

const withoutUndefined = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

describe('the event log', () => {
  it('EVT-1: numbers entries without gaps, also after a rollback', () => {
    const { store } = temporaryStore();
    store.transaction(() => store.events.append(started));
    expect(() =>
      store.transaction(() => {
        store.events.append(started);
        throw new Error('no');
      }),
    ).toThrow();
    store.transaction(() => store.events.append(started));
    expect(store.events.read({ after: 0, limit: 10 }).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(store.events.lastSeq()).toBe(2);
  });

  it('EVT-6: tells the number of the newest entry, inside of a transaction, after it and after a rollback', () => {
    const { store } = temporaryStore();
    const seen = [store.events.lastSeq()];
    const appendAndLook = () => {
      store.events.append(started);
      seen.push(store.events.lastSeq());
    };
    store.transaction(appendAndLook);
    seen.push(store.events.lastSeq());
    expect(() =>
      store.transaction(() => {
        appendAndLook();
        throw new Error('no');
      }),
    ).toThrow();
    seen.push(store.events.lastSeq(), store.events.lastSeq());
    expect(seen).toEqual([0, 1, 1, 2, 1, 1]);
  });

  it('EVT-1: takes nothing outside a transaction', () => {
    const { store } = temporaryStore();
    expect(() => store.events.append(started)).toThrow('outside a transaction');
  });

  it('EVT-2, EVT-3, EVT-4: hashes can be recomputed from the rows by anybody', () => {
    const { store, raw } = temporaryStore();
    fc.assert(
      fc.property(fc.array(arbitraryDraft, { maxLength: 5 }), (drafts) => {
        store.transaction(() => drafts.map((draft) => store.events.append(draft)));
      }),
      { numRuns: 50 },
    );
    let previous = '0'.repeat(64);
    for (const row of raw().prepare('SELECT * FROM events ORDER BY seq').raw().all() as unknown[][]) {
      const [seq, atMs, type, actor, runId, stepId, attemptId, gateId, payload, previousHash, hash] = row;
      const text = JSON.stringify([1, previous, seq, atMs, type, actor, runId, stepId, attemptId, gateId, payload]);
      expect([previousHash, hash]).toEqual([previous, createHash('sha256').update(text, 'utf8').digest('hex')]);
      previous = String(hash);
    }
  });

  it('EVT-3: pins the canonical form', () => {
    const { store } = temporaryStore();
    const event = store.transaction(() =>
      store.events.append({ ...started, runId: RunId.parse('r1'), payload: { b: 1, a: 'é' } }),
    );
    expect(event).toEqual({
      seq: 1,
      atMs: 1_795_156_728_279,
      ...started,
      runId: 'r1',
      stepId: null,
      attemptId: null,
      gateId: null,
      payload: { b: 1, a: 'é' },
      previousHash: '0'.repeat(64),
      hash: createHash('sha256')
        .update(
          `[1,"${'0'.repeat(64)}",1,1795156728279,"instance.started","daemon","r1",null,null,null,"{\\"b\\":1,\\"a\\":\\"é\\"}"]`,
        )
        .digest('hex'),
    });
  });

  it.each([
    "UPDATE events SET actor = 'nobody'",
    'DELETE FROM events',
    'INSERT OR REPLACE INTO events SELECT * FROM events',
    'INSERT INTO events SELECT 3, at_ms, type, actor, run_id, step_id, attempt_id, gate_id, payload, hash, hash FROM events',
    'INSERT INTO events SELECT 2, at_ms, type, actor, run_id, step_id, attempt_id, gate_id, payload, previous_hash, hash FROM events',
  ])('EVT-5: the database refuses %s', (sql) => {
    const { store, raw } = temporaryStore();
    store.transaction(() => store.events.append(started));
    expect(() => raw().exec(sql)).toThrow(/append-only|must continue the newest/);
  });

  it('reads by run and by step, from anywhere, page by page', () => {
    const { store } = temporaryStore();
    const place = (runId: string, stepId: string) => ({ runId: RunId.parse(runId), stepId: StepId.parse(stepId) });
    store.transaction(() => {
      for (const [runId, stepId] of [
        ['r1', 's1'],
        ['r2', 's2'],
        ['r1', 's3'],
        ['r1', 's1'],
      ] as const) {
        store.events.append({ ...started, ...place(runId, stepId) });
      }
    });
    const seqs = (page: Parameters<typeof store.events.read>[0]) => store.events.read(page).map(({ seq }) => seq);
    expect(seqs({ after: 0, limit: 3 })).toEqual([1, 2, 3]);
    expect(seqs({ after: 3, limit: 3 })).toEqual([4]);
    expect(seqs({ after: 1, runId: RunId.parse('r1'), limit: 9 })).toEqual([3, 4]);
    expect(seqs({ after: 0, stepId: StepId.parse('s1'), limit: 9 })).toEqual([1, 4]);
    expect(seqs({ after: 0, ...place('r1', 's3'), limit: 9 })).toEqual([3]);
    expect(seqs({ after: 0, ...place('r2', 's3'), limit: 9 })).toEqual([]);
  });
});
