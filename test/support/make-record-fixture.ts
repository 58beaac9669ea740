import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createDatabase } from '../../main/daemon/store/create-database.ts';
import { createStore } from '../../main/daemon/store/create-store.ts';
import { MIGRATIONS, NEWEST_VERSION } from '../../main/daemon/store/migrations/list.ts';
import { fillRecord } from './fill-record.ts';
import { AT_MS } from './sample-records.ts';

/**
 * Writes `test/fixtures/databases/record-v<newest>.sqlite`. Run it once, before the migration to the next version is
 * added: `node test/support/make-record-fixture.ts`.
 */
const path = join(import.meta.dirname, `../fixtures/databases/record-v${NEWEST_VERSION}.sqlite`);
rmSync(path, { force: true });
createDatabase(path, MIGRATIONS);

const db = new Database(path);
// Small pages make a small file: most tables hold a few rows.
db.pragma('journal_mode = DELETE');
db.pragma('page_size = 512');
fillRecord(createStore(db, { clock: () => AT_MS }));
db.exec('VACUUM');
db.close();
