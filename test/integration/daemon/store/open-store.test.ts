import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import { checkIntegrity, checkTable } from '../../../../main/daemon/store/integrity.ts';
import { NEWEST_VERSION } from '../../../../main/daemon/store/migrations/list.ts';
import { kindOf } from '../../../../main/daemon/store/open-error.ts';
import { openStore } from '../../../../main/daemon/store/open-store.ts';
import { isAsClosed, noteOrderlyClose } from '../../../../main/daemon/store/orderly-close.ts';
import { fillRecord } from '../../../support/fill-record.ts';
import { AT_MS, run } from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { rawDatabase } from '../../../support/temporary-store.ts';

const clock = () => AT_MS;
const open = (path: string) => openStore({ path, clock, busyTimeoutMs: 50 });
const newPath = () => join(temporaryFolder(), 'record.sqlite');
const copiesOf = (path: string) =>
  readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.damaged-`));

/** A closed record with rows of every kind. */
function closedRecord(): string {
  const path = newPath();
  const store = successOf(open(path));
  fillRecord(store);
  store.close();
  return path;
}

/** The record refuses to open, is as it was, and a copy of it lies beside it. */
function expectRefusedAsDamaged(path: string): void {
  const bytes = readFileSync(path);
  const error = failureOf(open(path));
  expect(error).toMatchObject({ code: 'corrupt', path, copyPath: expect.stringContaining('.damaged-') });
  expect(error.message).toContain(String(error.copyPath));
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect(readFileSync(String(error.copyPath)).equals(bytes)).toBe(true);
}

describe('OPN-1: a new record', () => {
  it('is whole and its owner’s alone', () => {
    const path = newPath();
    const store = successOf(open(path));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(store.events.lastSeq()).toBe(0);
    store.close();
    expect(readdirSync(dirname(path))).toEqual(['record.sqlite']);
  });

  it('is made where an earlier try was cut short', () => {
    const path = newPath();
    writeFileSync(`${path}.new`, 'half a file');
    writeFileSync(`${path}.new-wal`, 'half a log');
    successOf(open(path)).close();
    expect(readdirSync(dirname(path))).toEqual(['record.sqlite']);
  });

  it('keeps what is written', () => {
    const path = newPath();
    const store = successOf(open(path));
    store.runs.insert(run({}));
    store.close();
    const reopened = successOf(open(path));
    onTestFinished(() => reopened.close());
    expect(reopened.runs.get(run({}).id)).toEqual(run({}));
  });
});

describe('OPN-3: a record of a newer version', () => {
  const message = (path: string) =>
    `The record ${path} was written by a newer version of Codencer (its schema is version 99, ` +
    `this program knows version ${NEWEST_VERSION} and older): update Codencer to open it.`;

  it('is refused and not touched', () => {
    const path = closedRecord();
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    const [bytes, files] = [readFileSync(path), readdirSync(dirname(path))];
    const { mtimeMs } = statSync(path);
    expect(failureOf(open(path))).toEqual({
      code: 'newer_version',
      message: message(path),
      path,
      copyPath: null,
      cause: null,
    });
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect([readdirSync(dirname(path)), statSync(path).mtimeMs]).toEqual([files, mtimeMs]);
  });

  it('is refused when its version is still in the write-ahead log alone', () => {
    const source = closedRecord();
    const db = new Database(source);
    db.pragma('user_version = 99');
    const path = newPath();
    // As after a kill: the log was never written back.
    for (const suffix of ['', '-wal']) copyFileSync(source + suffix, path + suffix);
    db.close();
    const bytes = [readFileSync(path), readFileSync(`${path}-wal`)];
    expect(failureOf(open(path)).message).toBe(message(path));
    expect([readFileSync(path), readFileSync(`${path}-wal`)]).toEqual(bytes);
  });
});

describe('OPN-4: a damaged record', () => {
  it('is refused when it is empty', () => {
    const path = closedRecord();
    truncateSync(path, 0);
    expectRefusedAsDamaged(path);
  });

  it('is refused when it is cut off anywhere', () => {
    const bytes = readFileSync(closedRecord());
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length - 1 }), (length) => {
        const path = newPath();
        writeFileSync(path, bytes.subarray(0, length));
        expectRefusedAsDamaged(path);
      }),
      { numRuns: 20 },
    );
  });

  it('is refused when it is something else', () => {
    const path = newPath();
    writeFileSync(path, 'x'.repeat(10_000));
    expectRefusedAsDamaged(path);
    const foreign = newPath();
    const db = new Database(foreign);
    db.exec('CREATE TABLE photographs (name TEXT)');
    db.close();
    expectRefusedAsDamaged(foreign);
  });

  it('is refused when the root page of any table or index is overwritten', () => {
    const source = closedRecord();
    const names = rawDatabase(source).prepare('SELECT name FROM sqlite_schema WHERE rootpage > 0').pluck().all();
    for (const name of names) {
      const path = newPath();
      copyFileSync(source, path);
      overwritePageOf(path, String(name));
      expectRefusedAsDamaged(path);
    }
  });

  it('is refused when what the daemon works with is damaged, however large the rest is', () => {
    const path = closedRecord();
    const store = successOf(open(path));
    store.settings.set('large', 'x'.repeat(66 * 1024 * 1024));
    store.close();
    successOf(open(path)).close();
    overwritePageOf(path, 'steps');
    expect(failureOf(open(path)).code).toBe('corrupt');
  });

  it('OPN-8: is read as far as the daemon works with it, unless nobody has written since an orderly close', () => {
    const path = closedRecord();
    const openLarge = () => openStore({ path, clock, fullCheckBytes: 0 });
    successOf(openLarge()).close();
    overwritePageOf(path, 'steps');
    expect(failureOf(openLarge()).code).toBe('corrupt');
    noteOrderlyClose(path);
    successOf(openLarge());
  });

  it('OPN-8: is read when there is a log beside it, and when the note is no file or another record’s', () => {
    const path = closedRecord();
    const note = `${path}-closed`;
    expect(isAsClosed(path)).toBe(false);
    noteOrderlyClose(path);
    expect(isAsClosed(path)).toBe(true);
    writeFileSync(`${path}-wal`, 'x');
    expect(isAsClosed(path)).toBe(false);
    rmSync(`${path}-wal`);
    renameSync(note, `${note}-elsewhere`);
    symlinkSync(`${note}-elsewhere`, note);
    expect(isAsClosed(path)).toBe(false);
    noteOrderlyClose(path);
    expect([isAsClosed(path), lstatSync(note).isFile()]).toEqual([true, true]);
    copyFileSync(path, `${path}-copy`);
    renameSync(`${path}-copy`, path);
    expect(isAsClosed(path)).toBe(false);
  });

  it('OPN-8: gets no note while it is small', () => {
    expect(existsSync(`${closedRecord()}-closed`)).toBe(false);
  });

  it('is refused when a table of it is gone', () => {
    const path = closedRecord();
    const db = rawDatabase(path);
    db.exec('DROP TABLE leases');
    db.close();
    const error = failureOf(open(path));
    expect([error.code, error.message]).toEqual(['corrupt', expect.stringContaining('no such table: leases')]);
  });

  it('is refused when only its write-ahead log is left', () => {
    const path = newPath();
    writeFileSync(`${path}-wal`, 'what was not written back');
    const error = failureOf(open(path));
    expect([error.code, existsSync(path)]).toEqual(['corrupt', false]);
    expect(readFileSync(`${error.copyPath}-wal`, 'utf8')).toBe('what was not written back');
  });

  it('is copied once, however often it is opened, and again when the damage is another', () => {
    const path = closedRecord();
    truncateSync(path, 5000);
    for (let time = 1; time <= 3; time += 1) failureOf(open(path));
    expect(copiesOf(path)).toHaveLength(1);
    truncateSync(path, 4000);
    // A file system tells times apart by its tick only.
    utimesSync(path, new Date(), new Date(Date.now() + 1000));
    failureOf(open(path));
    expect(copiesOf(path)).toHaveLength(2);
  });

  it('is refused in words that say what to do', () => {
    const path = closedRecord();
    truncateSync(path, 5000);
    const { message, copyPath } = failureOf(open(path));
    expect(message).toMatch(/is damaged \(.+\)\. It was left as it is; a copy is at .+\. Put a backup in its place/);
    expect(copyPath).toMatch(/record\.sqlite\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/);
  });
});

describe('OPN-5: a record that cannot be opened now', () => {
  it('is held by another program', async () => {
    const path = closedRecord();
    const program = `
      const Database = require('better-sqlite3');
      const db = new Database(${JSON.stringify(path)});
      db.exec('BEGIN IMMEDIATE');
      process.stdout.write('held');
      process.stdin.resume();`;
    const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    onTestFinished(async () => {
      child.stdin.end();
      await exited;
    });
    await once(child.stdout, 'data');
    const error = failureOf(open(path));
    expect([error.code, error.message]).toEqual([
      'locked',
      expect.stringContaining('Another program holds the record'),
    ]);
  });

  it('is a folder, or lies in none', () => {
    const folder = newPath();
    mkdirSync(folder);
    expect(failureOf(open(folder)).code).toBe('unreadable');
    expect(failureOf(open(join(folder, 'none', 'record.sqlite'))).code).toBe('unreadable');
  });

  it.each([
    [Object.assign(new Error(), { code: 'ENOSPC', syscall: 'write' }), 'full'],
    [Object.assign(new Error(), { code: 'EDQUOT', syscall: 'write' }), 'full'],
    [Object.assign(new Error(), { code: 'EACCES', syscall: 'open' }), 'unreadable'],
    [new Database.SqliteError('', 'SQLITE_FULL'), 'full'],
    [new Database.SqliteError('', 'SQLITE_BUSY_RECOVERY'), 'locked'],
    [new Database.SqliteError('', 'SQLITE_CANTOPEN'), 'unreadable'],
    [new Database.SqliteError('', 'SQLITE_CORRUPT_INDEX'), 'corrupt'],
    [new Database.SqliteError('', 'SQLITE_NOTADB'), 'corrupt'],
    [new TypeError('a bug'), null],
  ])('%o is %s', (error, kind) => {
    expect(kindOf(error)).toBe(kind);
  });
});

it('the check of integrity names what is damaged', () => {
  const path = closedRecord();
  overwritePageOf(path, 'artifacts');
  const db = rawDatabase(path);
  expect(checkIntegrity(db)).toEqual({ ok: false, problems: [expect.stringMatching(/malformed|invalid page/i)] });
  expect(checkTable(db, 'runs')).toEqual({ ok: true, problems: [] });
});

function overwritePageOf(path: string, table: string): void {
  const db = rawDatabase(path);
  const page = Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table));
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, (page - 1) * pageSize, page * pageSize);
  writeFileSync(path, bytes);
}
