import { describe, expect, it } from 'vitest';

import { RunId } from '../../../../contract/ids.ts';
import { AT_MS, run } from '../../../support/sample-records.ts';
import { rawDatabase, temporaryStore } from '../../../support/temporary-store.ts';

const someRun = run({ id: 'r1' });
const created = { type: 'run.created', actor: 'operator', runId: someRun.id } as const;

describe('transactions', () => {
  it('TXN-1: commit what their work did and answer what it answers', () => {
    const { store, raw } = temporaryStore();
    const answer = store.transaction(() => {
      store.runs.insert(someRun);
      return store.events.append(created).seq;
    });
    expect(answer).toBe(1);
    expect(raw().prepare('SELECT id FROM runs').all()).toEqual([{ id: 'r1' }]);
  });

  it('TXN-1: undo everything when their work throws', () => {
    const { store } = temporaryStore();
    const work = () =>
      store.transaction(() => {
        store.runs.insert(someRun);
        store.events.append(created);
        throw new Error('no');
      });
    expect(work).toThrow('no');
    expect([store.runs.get(someRun.id), store.events.lastSeq()]).toEqual([null, 0]);
  });

  it('TXN-2: join the one around them', () => {
    const { store, raw } = temporaryStore();
    const other = raw();
    store.transaction(() => {
      store.transaction(() => store.runs.insert(someRun));
      expect(other.prepare('SELECT count(*) AS n FROM runs').get()).toEqual({ n: 0 });
    });
    expect(other.prepare('SELECT count(*) AS n FROM runs').get()).toEqual({ n: 1 });
  });

  it('TXN-3: a joined failure that is caught still undoes the whole', () => {
    const { store } = temporaryStore();
    const work = () =>
      store.transaction(() => {
        store.runs.insert(someRun);
        expect(() =>
          store.transaction(() => {
            throw new Error('inner');
          }),
        ).toThrow('inner');
      });
    expect(work).toThrow('inner');
    expect(store.runs.get(someRun.id)).toBeNull();
    store.transaction(() => store.runs.insert(someRun));
    expect(store.runs.get(someRun.id)).toEqual(someRun);
  });

  it('TXN-3: a change whose event is refused is undone even when the error is caught', () => {
    const { store } = temporaryStore();
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    const work = () =>
      store.transaction(() => {
        store.runs.insert(someRun);
        expect(() => store.events.append({ ...created, payload: cyclic })).toThrow('circular');
      });
    expect(work).toThrow('circular');
    expect(store.runs.get(someRun.id)).toBeNull();
  });

  it('TXN-4: refuse work that waits', () => {
    const { store } = temporaryStore();
    const work = () =>
      store.transaction(() => {
        store.runs.insert(someRun);
        return Promise.resolve();
      });
    expect(work).toThrow('cannot wait');
    expect(store.runs.get(someRun.id)).toBeNull();
  });

  it('TXN-5: a single write is one of its own', () => {
    const { store, path } = temporaryStore();
    store.runs.insert(someRun);
    store.settings.set('a', '1');
    const other = rawDatabase(path);
    expect(other.prepare('SELECT (SELECT count(*) FROM runs) + (SELECT count(*) FROM settings) AS n').get()).toEqual({
      n: 2,
    });
  });

  it('tells of a slow one', () => {
    const slow: unknown[] = [];
    const { store } = temporaryStore({ onSlow: (commit) => slow.push(commit) });
    store.transaction(() => store.events.append(created));
    store.transaction(() => {
      store.events.append(created);
      const endMs = performance.now() + 120;
      while (performance.now() < endMs);
    });
    expect(slow).toEqual([{ durationMs: expect.any(Number), events: 1 }]);
  });
});

describe('listeners', () => {
  it('TXN-7: get the events of each commit once, in order, after it', () => {
    const { store } = temporaryStore();
    const heard: unknown[] = [];
    store.onCommit((events) =>
      heard.push(
        events.map(({ seq }) => seq),
        store.runs.get(someRun.id)?.state,
      ),
    );
    store.transaction(() => {
      store.runs.insert(someRun);
      store.transaction(() => store.events.append(created));
      store.events.append(created);
      expect(heard).toEqual([]);
    });
    store.transaction(() => store.events.append(created));
    expect(heard).toEqual([[1, 2], 'running', [3], 'running']);
  });

  it('TXN-7: hear nothing of a rollback, of a commit without events, or after they stopped', () => {
    const { store } = temporaryStore();
    const heard: number[] = [];
    const stop = store.onCommit((events) => heard.push(...events.map(({ seq }) => seq)));
    expect(() =>
      store.transaction(() => {
        store.events.append(created);
        throw new Error('no');
      }),
    ).toThrow();
    store.runs.insert(someRun);
    store.transaction(() => store.events.append(created));
    stop();
    store.transaction(() => store.events.append(created));
    expect(heard).toEqual([1]);
  });

  it('TXN-7: get entries as a reader gets them', () => {
    const { store } = temporaryStore();
    const heard: unknown[] = [];
    store.onCommit((events) => heard.push(...events));
    const payload = { at: new Date(AT_MS), nothing: undefined, list: [1, undefined], text: '\ud800' };
    store.transaction(() => store.events.append({ ...created, actor: 'planner:\ud800', payload }));
    expect(heard).toEqual(store.events.read({ after: 0, limit: 10 }));
  });

  it('TXN-8: do no harm when they throw', () => {
    const errors: unknown[] = [];
    const { store } = temporaryStore({ onListenerError: (error) => errors.push(error) });
    const heard: number[] = [];
    const failure = new Error('listener');
    store.onCommit(() => {
      throw failure;
    });
    store.onCommit((events) => heard.push(events.length));
    store.transaction(() => store.events.append(created));
    expect([heard, errors]).toEqual([[1], [failure]]);
  });

  it('TXN-8: hear what another one commits after what it was told', () => {
    const { store } = temporaryStore();
    const first: number[] = [];
    const second: number[] = [];
    store.onCommit((events) => {
      first.push(...events.map(({ seq }) => seq));
      if (first.length === 1) store.transaction(() => store.events.append(created));
    });
    store.onCommit((events) => second.push(...events.map(({ seq }) => seq)));
    store.transaction(() => store.events.append(created));
    expect([first, second]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

it('a save of a row that is not there is a bug', () => {
  const { store } = temporaryStore();
  expect(() => store.runs.save(run({ id: RunId.parse('nobody') }))).toThrow('runs: there is no row nobody');
});
