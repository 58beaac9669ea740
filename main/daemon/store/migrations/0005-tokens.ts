import type { Migration } from './migration.ts';

/** Tokens of windows and programs, by their hashes. */
export const tokens: Migration = {
  version: 5,
  sql: `
CREATE TABLE tokens (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('window', 'client')),
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  expires_at_ms INTEGER CHECK (expires_at_ms >= 0),
  last_used_at_ms INTEGER CHECK (last_used_at_ms >= 0),
  revoked_at_ms INTEGER CHECK (revoked_at_ms >= 0)
) STRICT;
CREATE INDEX tokens_newest ON tokens (created_at_ms, id);
CREATE INDEX tokens_not_revoked ON tokens (created_at_ms, id) WHERE revoked_at_ms IS NULL;
CREATE INDEX tokens_expiring ON tokens (expires_at_ms);
`,
};
