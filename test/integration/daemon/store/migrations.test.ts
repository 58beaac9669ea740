import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import { AttemptState } from '../../../../contract/attempt-state.ts';
import { EVENT_TYPES } from '../../../../contract/events.ts';
import { RunId } from '../../../../contract/ids.ts';
import { ArtifactType } from '../../../../contract/records.ts';
import { RunState } from '../../../../contract/run-state.ts';
import { StepState } from '../../../../contract/step-state.ts';
import { configure } from '../../../../main/daemon/store/configure.ts';
import { MIGRATIONS, NEWEST_VERSION } from '../../../../main/daemon/store/migrations/list.ts';
import type { Migration } from '../../../../main/daemon/store/migrations/migration.ts';
import { openStore } from '../../../../main/daemon/store/open-store.ts';
import type { Store } from '../../../../main/daemon/store/store.ts';
import { fillRecord } from '../../../support/fill-record.ts';
import { AT_MS } from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { rawDatabase } from '../../../support/temporary-store.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/databases');
const versions = MIGRATIONS.map(({ version }) => version);

const newPath = () => join(temporaryFolder(), 'record.sqlite');
const fixtureOf = (version: number) => join(FIXTURES, `record-v${version}.sqlite`);

function open(path: string, migrations: readonly Migration[] = MIGRATIONS): Store {
  const store = successOf(openStore({ path, clock: () => AT_MS, migrations }));
  onTestFinished(() => store.close());
  return store;
}

function copyOfFixture(version: number): string {
  const path = newPath();
  copyFileSync(fixtureOf(version), path);
  return path;
}

function schemaOf(path: string): unknown[] {
  return rawDatabase(path).prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
}

/** Every record of the run that the fixtures are about, and what stands beside it. */
function readAll(store: Store) {
  const runId = RunId.parse('run-running');
  const steps = store.steps.listOfRun(runId);
  const attempts = steps.flatMap(({ id }) => store.attempts.listOfStep(id));
  return {
    instance: store.instance.get(),
    runs: store.runs.list({ limit: 100 }),
    phases: store.phases.listOfRun(runId),
    steps,
    attempts,
    leases: attempts.map(({ id }) => store.leases.get(id)),
    artifacts: store.artifacts.listAll({ limit: 100 }),
    validations: attempts.flatMap(({ id }) => store.validations.listOfAttempt(id)),
    gates: store.gates.list({ limit: 100 }),
    events: store.events.read({ after: 0, limit: 100 }),
  };
}

describe('OPN-7: committed databases', () => {
  it('are there for every version', () => {
    expect(versions).toEqual(Array.from({ length: NEWEST_VERSION }, (_, index) => index + 1));
    expect(versions.filter((version) => !existsSync(fixtureOf(version)))).toEqual([]);
  });

  it.each(versions)('version %i gets the schema that a new record has', (version) => {
    const [migrated, fresh] = [copyOfFixture(version), newPath()];
    open(migrated).close();
    open(fresh).close();
    expect(schemaOf(migrated)).toEqual(schemaOf(fresh));
    expect(rawDatabase(migrated).pragma('user_version', { simple: true })).toBe(NEWEST_VERSION);
  });

  it.each(versions)('OPN-6: version %i is read in full, JSON columns included', async (version) => {
    const store = open(copyOfFixture(version));
    const read = readAll(store);
    expect(store.listQuarantined(10)).toEqual([]);
    expect(await store.events.verifyChain()).toMatchObject({ ok: true });
    const empty = Object.entries(read).flatMap(([name, rows]) =>
      Array.isArray(rows) && rows.length === 0 ? [name] : [],
    );
    expect([empty, read.instance?.id]).toEqual([[], 'instance-1']);
  });

  it('the newest schema takes every word of the contract', () => {
    const store = open(newPath());
    fillRecord(store);
    const { runs, steps, attempts, artifacts, events } = readAll(store);
    expect(runs).toHaveLength(RunState.options.length);
    expect(steps).toHaveLength(StepState.options.length);
    expect(attempts).toHaveLength(AttemptState.options.length);
    expect(artifacts).toHaveLength(ArtifactType.options.length);
    expect(events).toHaveLength(EVENT_TYPES.length + 1);
  });
});

describe('OPN-2: a migration', () => {
  const second = (sql: string): readonly Migration[] => [...MIGRATIONS, { version: NEWEST_VERSION + 1, sql }];
  const filled = () => {
    const path = newPath();
    const store = open(path);
    fillRecord(store);
    store.close();
    return path;
  };

  it('changes the schema and the version together', () => {
    const path = filled();
    open(path, second('ALTER TABLE runs ADD COLUMN colour TEXT')).close();
    expect(failureOf(openStore({ path, clock: () => AT_MS })).code).toBe('newer_version');
    expect(rawDatabase(path).prepare('SELECT colour FROM runs').all()).not.toEqual([]);
  });

  it('can rebuild a table that others refer to', () => {
    const path = filled();
    const rebuild = `
      CREATE TABLE new_phases (id TEXT PRIMARY KEY NOT NULL, run_id TEXT NOT NULL REFERENCES runs (id), name TEXT NOT NULL,
        seq_order INTEGER NOT NULL, created_at_ms INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL) STRICT;
      INSERT INTO new_phases SELECT id, run_id, name, seq_order, created_at_ms, updated_at_ms FROM phases;
      DROP TABLE phases;
      ALTER TABLE new_phases RENAME TO phases;`;
    const store = open(path, second(rebuild));
    expect(store.phases.listOfRun(RunId.parse('run-running'))).toHaveLength(1);
    expect(store.steps.listOfRun(RunId.parse('run-running'))).not.toEqual([]);
  });

  it.each([
    ['is wrong', 'CREATE TABLE more (a TEXT) STRICT; SELECT * FROM nowhere;'],
    [
      'meets rows that it cannot take',
      "CREATE TABLE more (a TEXT UNIQUE) STRICT; INSERT INTO more VALUES ('a'), ('a');",
    ],
  ])('that %s leaves the record at the version before', (_, sql) => {
    const path = filled();
    const before = schemaOf(path);
    expect(failureOf(openStore({ path, clock: () => AT_MS, migrations: second(sql) })).code).toBe('corrupt');
    expect(schemaOf(path)).toEqual(before);
    expect(open(path).runs.list({ limit: 1 })).toHaveLength(1);
  });

  it('that leaves references without a target is a bug, and changes nothing', () => {
    const path = filled();
    expect(() => open(path, second('DELETE FROM phases'))).toThrow('references without a target');
    expect(open(path).phases.listOfRun(RunId.parse('run-running'))).toHaveLength(1);
  });
});

it('a connection that writes syncs every commit and checks references', () => {
  const db = new Database(newPath());
  onTestFinished(() => void db.close());
  configure(db);
  const pragmas = ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => db.pragma(name, { simple: true }));
  expect(pragmas).toEqual(['wal', 2, 1]);
});
