import type { Migration } from './migration.ts';

/** What was answered to requests that carry a key: who asks again with it gets the same. */
export const answeredRequests: Migration = {
  version: 3,
  sql: `
CREATE TABLE answered_requests (
  key TEXT PRIMARY KEY NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  status INTEGER NOT NULL CHECK (status BETWEEN 200 AND 299),
  body TEXT NOT NULL,
  answered_at_ms INTEGER NOT NULL CHECK (answered_at_ms >= 0)
) STRICT;
CREATE INDEX answered_requests_oldest ON answered_requests (answered_at_ms);
`,
};
