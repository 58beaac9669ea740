import { TokenRecord } from '../../../contract/access-token.ts';
import type { TokenId } from '../../../contract/ids.ts';
import type { EpochMs } from '../../../contract/time.ts';
import { json, plain } from './columns.ts';
import { BEFORE, cursorOf, NEWEST_FIRST, type PageStart } from './newest-first.ts';
import { createRecordTable } from './record-table.ts';
import { LIMIT } from './selection.ts';
import type { StoreParts, TableShape } from './table-shape.ts';

export interface TokenTable {
  insert(token: TokenRecord): void;
  save(token: TokenRecord): void;
  get(id: TokenId): TokenRecord | null;
  /** Newest first, those that are of no use any more included. */
  list(page: { readonly limit: number; readonly before?: PageStart<TokenId> | undefined }): readonly TokenRecord[];
  /** Oldest first; one of them may have expired. */
  listNotRevoked(): readonly TokenRecord[];
  forgetExpiredBefore(atMs: EpochMs): void;
}

const SHAPE: TableShape<TokenRecord> = {
  table: 'tokens',
  columns: {
    id: plain('id'),
    kind: plain('kind'),
    name: plain('name'),
    hash: plain('hash'),
    scopes: json('scopes'),
    createdAtMs: plain('created_at_ms'),
    expiresAtMs: plain('expires_at_ms'),
    lastUsedAtMs: plain('last_used_at_ms'),
    revokedAtMs: plain('revoked_at_ms'),
  },
  key: ['id'],
  fixed: ['kind', 'hash', 'createdAtMs'],
  schema: TokenRecord,
};

export function createTokenTable(parts: StoreParts): TokenTable {
  const { db, transaction } = parts;
  const table = createRecordTable(parts, SHAPE);
  const byId = table.select('WHERE id = ?');
  const newest = table.select(`WHERE ${BEFORE} ${NEWEST_FIRST} ${LIMIT}`);
  const notRevoked = table.select('WHERE revoked_at_ms IS NULL ORDER BY created_at_ms, id');
  const forget = db.prepare<[EpochMs]>('DELETE FROM tokens WHERE expires_at_ms < ?');
  return {
    insert: table.insert,
    save: table.save,
    get: (id) => byId.one(id),
    list: ({ limit, before }) => newest.page(limit, ...cursorOf(before)),
    listNotRevoked: () => notRevoked.all(),
    forgetExpiredBefore: (atMs) => transaction(() => void forget.run(atMs)),
  };
}
