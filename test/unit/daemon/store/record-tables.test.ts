import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InstanceRecord, LeaseRecord } from '../../../../contract/records.ts';
import {
  arbitraryArtifact,
  arbitraryAttempt,
  arbitraryGate,
  arbitraryPhase,
  arbitraryRun,
  arbitraryStep,
  arbitraryValidation,
  idText,
} from '../../../support/arbitrary-records.ts';
import { attempt, phase, run, step } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

/** A store in which rows may refer to the sample run, phase, step and attempt. */
function storeWithParents() {
  const temporary = temporaryStore();
  insertRun(temporary.store);
  temporary.store.steps.insert(step({}));
  temporary.store.attempts.insert(attempt({ state: 'completed' }));
  return temporary;
}

const PARENTS = { runId: run({}).id, phaseId: phase({}).id, stepId: step({}).id, attemptId: attempt({}).id };
const { runId, phaseId, stepId, attemptId } = PARENTS;

interface Table<R> {
  insert(record: R): void;
  save(record: R): void;
}

/**
 * Inserts the first record, saves the second in its place, and reads after each. `fixed` are the fields that the second
 * takes over from the first.
 */
function checkRoundTrips<R extends object>(
  records: fc.Arbitrary<readonly [R, R]>,
  { table, read, fixed }: { table: Table<R>; read: (record: R) => R | null; fixed: readonly (keyof R)[] },
) {
  fc.assert(
    fc.property(records, ([first, second]) => {
      if (read(first) !== null) return;
      table.insert(first);
      expect(read(first)).toEqual(first);
      const changed = { ...second, ...Object.fromEntries(fixed.map((field) => [field, first[field]])) };
      table.save(changed);
      expect(read(first)).toEqual(changed);
    }),
    { numRuns: 60 },
  );
}

const pair = <R>(record: fc.Arbitrary<R>) => fc.tuple(record, record);

describe('QRY-6: what was written comes back', () => {
  it('runs', () => {
    const { store } = temporaryStore();
    checkRoundTrips(pair(arbitraryRun), {
      table: store.runs,
      read: ({ id }) => store.runs.get(id),
      fixed: ['id', 'createdAtMs'],
    });
  });

  it('phases', () => {
    const { store } = storeWithParents();
    checkRoundTrips(pair(arbitraryPhase.map((record) => ({ ...record, runId }))), {
      table: store.phases,
      read: ({ id }) => store.phases.get(id),
      fixed: ['id', 'createdAtMs'],
    });
  });

  it('steps', () => {
    const { store } = storeWithParents();
    checkRoundTrips(pair(arbitraryStep.map((record) => ({ ...record, runId, phaseId }))), {
      table: store.steps,
      read: ({ id }) => store.steps.get(id),
      fixed: ['id', 'createdAtMs'],
    });
  });

  it('attempts', () => {
    const { store } = storeWithParents();
    let number = 1;
    const ofOwnNumber = arbitraryAttempt.map((record) => {
      number += 1;
      return { ...record, runId, stepId, number, lane: number };
    });
    checkRoundTrips(pair(ofOwnNumber), {
      table: store.attempts,
      read: ({ id }) => store.attempts.get(id),
      fixed: ['id', 'number', 'lane', 'createdAtMs'],
    });
  });

  it('artifacts', () => {
    const { store } = storeWithParents();
    checkRoundTrips(pair(arbitraryArtifact.map((record) => ({ ...record, attemptId, stepId }))), {
      table: store.artifacts,
      read: ({ id }) => store.artifacts.get(id),
      fixed: ['id', 'createdAtMs'],
    });
  });

  it('validations', () => {
    const { store } = storeWithParents();
    checkRoundTrips(pair(arbitraryValidation.map((record) => ({ ...record, attemptId }))), {
      table: store.validations,
      read: ({ ordinal }) => store.validations.get(attemptId, ordinal),
      fixed: ['ordinal'],
    });
  });

  it('gates', () => {
    const { store } = storeWithParents();
    const ofParents = arbitraryGate.map((record) => ({ ...record, runId, stepId, attemptId }));
    checkRoundTrips(pair(ofParents), {
      table: store.gates,
      read: ({ id }) => store.gates.get(id),
      fixed: ['id', 'kind', 'subject', 'createdAtMs', 'request'],
    });
  });

  it('the lease, the instance and settings', () => {
    const { store } = storeWithParents();
    const lease = { attemptId, owner: 'd', fence: store.leases.nextFence(), ttlSeconds: 60 };
    const record = LeaseRecord.parse({ ...lease, heartbeatAtMs: 1, expiresAtMs: 2 });
    store.leases.insert(record);
    expect(store.leases.get(attemptId)).toEqual(record);

    const instance = InstanceRecord.parse({ id: 'i1', repoRoot: '/r', createdAtMs: 1 });
    expect(store.instance.get()).toBeNull();
    store.instance.insert(instance);
    expect(() => store.instance.insert({ ...instance, id: InstanceRecord.shape.id.parse('i2') })).toThrow();
    store.instance.save({ ...instance, repoRoot: '/moved' });
    expect(store.instance.get()).toEqual({ ...instance, repoRoot: '/moved' });

    store.settings.set('key', 'a\0b');
    store.settings.set('key', '2');
    expect([store.settings.get('key'), store.settings.get('none')]).toEqual(['2', null]);
    store.settings.remove('key');
    expect(store.settings.get('key')).toBeNull();
  });
});

it('a row without its parent is refused', () => {
  const { store } = temporaryStore();
  expect(() => store.steps.insert(step({}))).toThrow('FOREIGN KEY');
});

it('a value that is no field of the record is a bug', () => {
  const { store } = temporaryStore();
  fc.assert(
    fc.property(idText, fc.constantFrom(undefined, 1n, Symbol('x')), (id, value) => {
      const broken = { ...run({ id }), plannerId: value };
      // A caller that went round the compiler.
      expect(() => store.runs.insert(broken as never)).toThrow(TypeError);
      expect(store.runs.get(run({ id }).id)).toBeNull();
    }),
    { numRuns: 10 },
  );
});
