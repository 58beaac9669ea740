import { record } from './0001-record.ts';
import type { Migration } from './migration.ts';

/** In order, without gaps. A new one also gets a fixture database of the version before it (test/support). */
export const MIGRATIONS: readonly Migration[] = [record];

export const NEWEST_VERSION = MIGRATIONS.length;
