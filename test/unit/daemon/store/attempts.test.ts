import { describe, expect, it } from 'vitest';

import { AttemptState, isAttemptLive } from '../../../../contract/attempt-state.ts';
import { attempt, step } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const stepId = step({}).id;
const live = AttemptState.options.filter(isAttemptLive);
const ended = AttemptState.options.filter((state) => !isAttemptLive(state));

function storeWithStep() {
  const { store } = temporaryStore();
  insertRun(store);
  store.steps.insert(step({}));
  return store;
}

const numbered = (number: number, fields: Parameters<typeof attempt>[0] = {}) =>
  attempt({ id: `s-min-a${number}`, number, createdAtMs: number, state: 'cancelled', ...fields });

const salvage = (keptWorktree: string | null) => ({
  refs: [],
  bundles: [],
  cachesListed: [],
  notSaved: [],
  keptWorktree,
  containsSecret: false,
});

describe('QRY-2: a lane of a step has one live attempt', () => {
  it.each(live)('a second one is refused while the first is %s', (state) => {
    const store = storeWithStep();
    store.attempts.insert(numbered(1, { state }));
    for (const second of live) expect(() => store.attempts.insert(numbered(2, { state: second }))).toThrow('UNIQUE');
    store.attempts.insert(numbered(2, { state: 'running', lane: 1 }));
    store.attempts.insert(numbered(3, { state: 'completed' }));
    expect(() => store.attempts.save(numbered(3, { state: 'running' }))).toThrow('UNIQUE');
  });

  it.each(ended)('a second one may start when the first has ended as %s', (state) => {
    const store = storeWithStep();
    store.attempts.insert(numbered(1, { state }));
    store.attempts.insert(numbered(2, { state: 'dispatching' }));
    expect(store.attempts.listLive().map(({ number }) => number)).toEqual([2]);
  });
});

it('attempts of a step are numbered and listed by number', () => {
  const store = storeWithStep();
  expect([store.attempts.nextNumber(stepId), store.attempts.newestOfStep(stepId)]).toEqual([1, null]);
  const attempts = [numbered(2), numbered(1), numbered(10)];
  for (const record of attempts) store.attempts.insert(record);
  expect(store.attempts.listOfStep(stepId).map(({ number }) => number)).toEqual([1, 2, 10]);
  expect(store.attempts.newestOfStep(stepId)?.number).toBe(10);
  expect(store.attempts.nextNumber(stepId)).toBe(11);
  expect(() => store.attempts.insert(numbered(2, { id: 'other' }))).toThrow('UNIQUE');
});

it('lists live ones oldest first', () => {
  const store = storeWithStep();
  for (const [index, state] of AttemptState.options.entries()) {
    store.attempts.insert(numbered(index + 1, { state, lane: index, createdAtMs: 100 - index }));
  }
  expect(store.attempts.listLive().map(({ state }) => state)).toEqual([...live].reverse());
});

it('lists what is salvaged newest first, and what is kept on disk', () => {
  const store = storeWithStep();
  store.attempts.insert(numbered(1, { salvage: salvage(null) }));
  store.attempts.insert(numbered(2));
  store.attempts.insert(numbered(3, { salvage: salvage('/w3') }));
  store.attempts.insert(numbered(4, { salvage: salvage(null) }));
  const numbers = (page: Parameters<typeof store.attempts.listWithSalvage>[0]) =>
    store.attempts.listWithSalvage(page).map(({ number }) => number);
  expect(numbers({ limit: 2 })).toEqual([4, 3]);
  expect(numbers({ limit: 2, before: numbered(3) })).toEqual([1]);
  expect(store.attempts.listWithKeptWorktree().map(({ number }) => number)).toEqual([3]);

  store.attempts.save(numbered(3, { salvage: salvage(null) }));
  store.attempts.save(numbered(1, { salvage: salvage('/w1') }));
  store.attempts.save(numbered(4, { salvage: null }));
  expect(store.attempts.listWithKeptWorktree().map(({ number }) => number)).toEqual([1]);
  expect(numbers({ limit: 9 })).toEqual([3, 1]);
});
