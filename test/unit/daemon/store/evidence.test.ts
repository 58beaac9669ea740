import { expect, it } from 'vitest';

import { artifact, attempt, phase, run, step, validation } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const stepId = step({}).id;

function storeWithAttempts() {
  const { store } = temporaryStore();
  insertRun(store);
  store.steps.insert(step({}));
  for (const number of [2, 10, 1]) store.attempts.insert(attempt({ id: `s-min-a${number}`, number, lane: number }));
  return store;
}

const attemptIdOf = (number: number) => attempt({ id: `s-min-a${number}` }).id;

it('lists artifacts of an attempt in order, of a step newest first, and all of them page by page', () => {
  const { artifacts } = storeWithAttempts();
  const made = [
    artifact({ name: 'b', id: 'b', createdAtMs: 1 }),
    artifact({ name: 'a', id: 'a', createdAtMs: 1 }),
    artifact({ name: 'c', id: 'c', attemptId: attemptIdOf(2), createdAtMs: 2 }),
  ];
  for (const record of made) artifacts.insert(record);
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join('');
  expect(names(artifacts.listOfAttempt(attemptIdOf(1)))).toBe('ab');
  expect(names(artifacts.listOfStep(stepId))).toBe('cba');
  expect(names(artifacts.listAll({ limit: 2 }))).toBe('ab');
  expect(names(artifacts.listAll({ limit: 2, after: artifact({ name: 'b', id: 'b' }).id }))).toBe('c');
});

it('lists validations of an attempt in order, and of a step attempt by attempt', () => {
  const { validations } = storeWithAttempts();
  for (const [number, ordinal] of [
    [10, 0],
    [2, 1],
    [2, 0],
    [1, 0],
  ] as const) {
    validations.insert(validation({ attemptId: attemptIdOf(number), ordinal }));
  }
  expect(validations.listOfAttempt(attemptIdOf(2)).map(({ ordinal }) => ordinal)).toEqual([0, 1]);
  expect(validations.listOfStep(stepId).map((row) => [row.attemptId, row.ordinal])).toEqual([
    ['s-min-a1', 0],
    ['s-min-a2', 0],
    ['s-min-a2', 1],
    ['s-min-a10', 0],
  ]);
});

it('lists phases in their declared order', () => {
  const { store } = temporaryStore();
  store.runs.insert(run({}));
  for (const [id, seqOrder] of [
    ['p3', 3],
    ['p1', 1],
    ['p2', 2],
  ] as const)
    store.phases.insert(phase({ id, seqOrder }));
  expect(store.phases.listOfRun(run({}).id).map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
});
