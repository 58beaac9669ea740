import { record } from './0001-record.ts';
import { reading } from './0002-reading.ts';
import { answeredRequests } from './0003-answered-requests.ts';
import { agents } from './0004-agents.ts';
import { tokens } from './0005-tokens.ts';
import { overview } from './0006-overview.ts';
import type { Migration } from './migration.ts';

/** In order, without gaps. A new one also gets a fixture database of the version before it (test/support). */
export const MIGRATIONS: readonly Migration[] = [record, reading, answeredRequests, agents, tokens, overview];

export const NEWEST_VERSION = MIGRATIONS.length;
