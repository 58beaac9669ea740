import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';

import { checkIntegrity, checkTable, type IntegrityReport } from './integrity.ts';
import { APPLICATION_ID, versionOf } from './migrate.ts';
import { isAsClosed } from './orderly-close.ts';

/** What a look at the file tells before anything of it is written. */
export type FileFindings =
  | { readonly kind: 'absent' }
  | { readonly kind: 'whole'; readonly version: number }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly detail: string };

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** Offsets in the header of the file: https://www.sqlite.org/fileformat2.html. A page size of 1 stands for 65,536. */
const PAGE_SIZE_OFFSET = 16;
const USER_VERSION_OFFSET = 60;
const APPLICATION_ID_OFFSET = 68;

/**
 * Up to this size the whole file is checked at each start (about 1 ms per MB). Above it a start would take the longer, the
 * more was ever done: what the daemon works with is checked, unless nobody has written since an orderly close.
 */
export const FULL_CHECK_BYTES = 64 * 1024 * 1024;
const WORKING_TABLES = ['instance', 'counters', 'runs', 'phases', 'steps', 'attempts', 'leases', 'gates', 'event_head'];

export interface Inspection {
  readonly path: string;
  readonly newestVersion: number;
  readonly busyTimeoutMs: number;
  readonly fullCheckBytes: number;
}

/** Looks without writing: what turns out to be newer or damaged stays byte for byte as it is. */
export function inspectFile(inspection: Inspection): FileFindings {
  const { path, newestVersion } = inspection;
  if (!isThere(path)) return isThere(`${path}-wal`) ? lostFile : { kind: 'absent' };
  const header = readHeader(path);
  if (header.length < HEADER_BYTES) return { kind: 'damaged', detail: `the file has only ${header.length} bytes` };
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return notOurs;
  if (header.readUInt32BE(APPLICATION_ID_OFFSET) !== APPLICATION_ID) return notOurs;
  const version = header.readUInt32BE(USER_VERSION_OFFSET);
  if (version > newestVersion) return { kind: 'newer', version };
  if (endsInsidePage(path, header)) return cutOff;
  return inspectDatabase(inspection);
}

const cutOff: FileFindings = { kind: 'damaged', detail: 'the file ends in the middle of a page' };
const lostFile: FileFindings = { kind: 'damaged', detail: 'the file is gone, but its write-ahead log is there' };
const notOurs: FileFindings = { kind: 'damaged', detail: 'the file does not begin like a record' };

/**
 * The newest version may stand in the write-ahead log alone, which only SQLite reads. A read-only connection neither
 * checkpoints nor repairs; it may leave an empty `-wal` and a `-shm` beside the file.
 */
function inspectDatabase({ path, newestVersion, busyTimeoutMs, fullCheckBytes }: Inspection): FileFindings {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  try {
    const version = versionOf(db);
    if (version > newestVersion) return { kind: 'newer', version };
    const problem = problemOf(db, { path, fullCheckBytes });
    return problem === undefined ? { kind: 'whole', version } : { kind: 'damaged', detail: problem };
  } finally {
    db.close();
  }
}

const problemIn = (report: IntegrityReport): string | undefined => report.problems[0];

function problemOf(
  db: Database.Database,
  { path, fullCheckBytes }: Pick<Inspection, 'path' | 'fullCheckBytes'>,
): string | undefined {
  if (sizeOf(path) <= fullCheckBytes) return problemIn(checkIntegrity(db));
  if (isAsClosed(path)) return undefined;
  return WORKING_TABLES.map((table) => problemIn(checkTable(db, table))).find((problem) => problem !== undefined);
}

/**
 * SQLite misses whole pages by itself, but reads a part of one as if zeros followed. While the write-ahead log holds
 * anything, a part is what an interrupted checkpoint may leave: the log has the page.
 */
function endsInsidePage(path: string, header: Buffer): boolean {
  if (sizeOf(`${path}-wal`) > 0) return false;
  const pageSize = header.readUInt16BE(PAGE_SIZE_OFFSET);
  return sizeOf(path) % (pageSize === 1 ? 65_536 : pageSize) !== 0;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

function readHeader(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(file);
  }
}
