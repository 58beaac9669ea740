import { expect, it } from 'vitest';

import type { GateRecord } from '../../../../contract/records.ts';
import { requestOf } from '../../../support/asking-executor.ts';
import { attempt, gate, run, step } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const runId = run({}).id;
const stepId = step({}).id;
const attemptId = attempt({}).id;

function storeWithGates() {
  const { store } = temporaryStore();
  insertRun(store);
  insertRun(store, 'http2');
  store.steps.insert(step({}));
  store.attempts.insert(attempt({}));
  const ofRun = { stepId: null, attemptId: null };
  const gates = [
    gate({ id: 'g1', createdAtMs: 1, state: 'approved' }),
    gate({ id: 'g2', createdAtMs: 2 }),
    gate({ id: 'g3', createdAtMs: 3, subject: 'step', attemptId: null, expiresAtMs: 50 }),
    gate({ id: 'g4', createdAtMs: 4, subject: 'run', ...ofRun, expiresAtMs: 40 }),
    gate({ id: 'g5', createdAtMs: 4, subject: 'run', ...ofRun, runId: 'http2', state: 'expired', expiresAtMs: 5 }),
    gate({ id: 'g6', createdAtMs: 5, subject: 'instance', ...ofRun, runId: null }),
  ];
  for (const record of gates) store.gates.insert(record);
  return store.gates;
}

const ids = (gates: readonly GateRecord[]) => gates.map(({ id }) => id).join(' ');

it('lists pending gates oldest first', () => {
  const gates = storeWithGates();
  expect(ids(gates.listPending({ limit: 9 }))).toBe('g2 g3 g4 g6');
  expect(ids(gates.listPending({ limit: 2 }))).toBe('g2 g3');
  expect(ids(gates.listPending({ limit: 9, runId }))).toBe('g2 g3 g4');
  expect(ids(gates.listPending({ limit: 9, stepId }))).toBe('g2 g3');
  expect(ids(gates.listPending({ limit: 9, runId: run({ id: 'http2' }).id }))).toBe('');
});

it('lists all gates newest first', () => {
  const gates = storeWithGates();
  expect(ids(gates.list({ limit: 9 }))).toBe('g6 g5 g4 g3 g2 g1');
  expect(ids(gates.list({ limit: 9, state: 'expired' }))).toBe('g5');
  expect(ids(gates.list({ limit: 2, runId }))).toBe('g4 g3');
  expect(ids(gates.list({ limit: 9, stepId }))).toBe('g3 g2 g1');
  expect(ids(gates.list({ limit: 9, runId, stepId, state: 'approved' }))).toBe('g1');
});

it('leaves what was asked out of lists once a gate is closed, and keeps it', () => {
  const { store } = temporaryStore();
  insertRun(store);
  store.steps.insert(step({}));
  store.attempts.insert(attempt({}));
  const permission = (id: string, state: string) => gate({ id, kind: 'permission', state, request: requestOf() });
  for (const record of [permission('p1', 'approved'), permission('p2', 'pending')]) store.gates.insert(record);
  const asked = (gates: readonly GateRecord[]) => gates.map(({ request }) => request?.command ?? null);
  expect(asked(store.gates.list({ limit: 9 }))).toEqual(['npm test', null]);
  expect(asked(store.gates.listPending({ limit: 9 }))).toEqual(['npm test']);
  expect(asked(store.gates.pendingOfStep(stepId))).toEqual(['npm test']);
  for (const record of store.gates.list({ limit: 9 })) expect(store.gates.get(record.id)?.request).toEqual(requestOf());
});

it('finds what waits in front of a subject', () => {
  const gates = storeWithGates();
  expect(ids(gates.pendingOfRun(runId))).toBe('g2 g3 g4');
  expect(ids(gates.pendingOfStep(stepId))).toBe('g2 g3');
  expect(ids(gates.pendingOfAttempt(attemptId))).toBe('g2');
  expect([gates.countOfAttempt(attemptId), gates.countOfAttempt(attempt({ id: 'x' }).id)]).toEqual([2, 0]);
});

it('lists pending gates that have run out, longest overdue first', () => {
  const gates = storeWithGates();
  expect(ids(gates.listExpired(50))).toBe('g4 g3');
  expect(ids(gates.listExpired(49))).toBe('g4');
});
