import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { StepRecord } from '../../../../contract/records.ts';
import type { PendingTally } from '../../../../main/daemon/store/steps.ts';
import type { Store } from '../../../../main/daemon/store/store.ts';
import { AT_MS, attempt, gate, step } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const idOf = (index: number) => `s${String(index).padStart(3, '0')}`;
const RUN_ID = step({}).runId;

function insertStep(store: Store, record: object): StepRecord {
  const made = step({ record: { state: 'pending', ...record } });
  store.steps.insert(made);
  return made;
}

/** Reads a list to its end, page after page. */
function readThrough<Row>(
  read: (after: Row | undefined) => readonly Row[],
  onPage: () => void = () => undefined,
): Row[] {
  const rows: Row[] = [];
  for (let page = read(undefined); page.length > 0; page = read(page.at(-1))) {
    rows.push(...page);
    onPage();
  }
  return rows;
}

describe('QRY-8: pages', () => {
  it('of the steps of a run are those of the whole list', () => {
    const { store } = temporaryStore();
    insertRun(store);
    for (let index = 0; index < 10; index += 1)
      insertStep(store, { id: idOf(index), createdAtMs: AT_MS + (index % 3) });
    const read = (after: StepRecord | undefined) => store.steps.pageOfRun({ runId: RUN_ID, limit: 3, after });
    expect(readThrough(read)).toEqual(store.steps.listOfRun(RUN_ID));
  });

  it('of gates are neither shifted nor shortened by new ones', () => {
    const { store } = temporaryStore();
    insertRun(store);
    insertStep(store, { id: 's-min' });
    store.attempts.insert(attempt({}));
    const ids = Array.from({ length: 6 }, (_, index) => `g${index}`);
    for (const [index, id] of ids.entries()) store.gates.insert(gate({ id, createdAtMs: AT_MS + index }));
    let added = 0;
    const addOne = () => store.gates.insert(gate({ id: `new-${added}`, createdAtMs: AT_MS + 100 + added++ }));
    const read = (before: ReturnType<typeof gate> | undefined) =>
      store.gates.list({ limit: 2, before, state: 'pending' });
    expect(readThrough(read, addOne).map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('of the queue follow one another in the order of the starts', () => {
    const row = fc.record({ priority: fc.integer({ min: -2, max: 2 }), enqueuedAtMs: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (rows, limit) => {
        const { store } = temporaryStore();
        insertRun(store);
        for (const [index, fields] of rows.entries()) insertStep(store, { id: idOf(index), ...fields });
        const eligible = store.steps.listEligible({ nowMs: AT_MS, limit: 100 });
        expect(readThrough((after: StepRecord | undefined) => store.steps.listPending({ limit, after }))).toEqual(
          eligible,
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('QRY-9: what pending steps wait for', () => {
  const tallyOf = (store: Store): PendingTally => store.steps.tallyPending({ nowMs: AT_MS });

  it('is nothing where nothing waits', () => {
    const { store } = temporaryStore();
    expect(tallyOf(store)).toEqual({ gate: 0, run: 0, notBefore: 0, eligible: 0 });
  });

  it('is counted once for each step', () => {
    const { store } = temporaryStore();
    insertRun(store);
    insertRun(store, 'paused');
    insertRun(store, 'made');
    for (const [id, state] of [['paused', 'paused_for_gate'] as const, ['made', 'created'] as const]) {
      const found = store.runs.list({ limit: 10 }).find((one) => one.id === id);
      if (found !== undefined) store.runs.save({ ...found, state });
    }
    insertStep(store, { id: 'free', notBeforeMs: AT_MS });
    insertStep(store, { id: 'later', notBeforeMs: AT_MS + 1 });
    insertStep(store, { id: 'in-pause', runId: 'paused', phaseId: 'phase-execution-paused', notBeforeMs: AT_MS + 1 });
    insertStep(store, { id: 'in-made', runId: 'made', phaseId: 'phase-execution-made' });
    insertStep(store, { id: 'gated', notBeforeMs: AT_MS + 1 });
    insertStep(store, { id: 'ended', state: 'completed' });
    store.gates.insert(gate({ id: 'g', subject: 'step', stepId: 'gated', attemptId: null }));
    expect(tallyOf(store)).toEqual({ gate: 2, run: 1, notBefore: 1, eligible: 1 });
  });
});

describe('attempts', () => {
  it('are found by trace, oldest first, and by executor, those that have ended', () => {
    const { store } = temporaryStore();
    insertRun(store);
    insertStep(store, { id: 's-min' });
    for (const [index, traceId] of ['t1', 't2', 't1'].entries()) {
      const number = index + 1;
      const ended = { state: 'completed', endedAtMs: AT_MS + 9 };
      store.attempts.insert(attempt({ id: `a${number}`, number, traceId, createdAtMs: AT_MS + index, ...ended }));
    }
    store.attempts.insert(attempt({ id: 'a4', number: 4, createdAtMs: AT_MS + 4 }));
    const { traceId } = attempt({});
    expect(store.attempts.listOfTrace({ traceId, limit: 2 }).map(({ id }) => id)).toEqual(['a1', 'a3']);
    expect(store.attempts.listEndedOf({ executor: 'codex', limit: 2 }).map(({ id }) => id)).toEqual(['a3', 'a2']);
    expect(store.attempts.listEndedOf({ executor: 'claude', limit: 2 })).toEqual([]);
  });

  it('gates that are pending are counted, with the oldest', () => {
    const { store } = temporaryStore();
    insertRun(store);
    insertStep(store, { id: 's-min' });
    store.attempts.insert(attempt({}));
    expect(store.gates.tallyPending()).toEqual({ count: 0, oldestCreatedAtMs: null });
    for (const id of ['g1', 'g2']) store.gates.insert(gate({ id, createdAtMs: AT_MS + id.length }));
    store.gates.insert(gate({ id: 'old', state: 'approved', createdAtMs: 1 }));
    expect(store.gates.tallyPending()).toEqual({ count: 2, oldestCreatedAtMs: AT_MS + 2 });
  });
});
