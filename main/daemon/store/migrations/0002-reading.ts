import type { Migration } from './migration.ts';

/** What is read by trace and by executor: the attempts of one trace, and what an executor has done lately. */
export const reading: Migration = {
  version: 2,
  sql: `
CREATE INDEX attempts_of_trace ON attempts (trace_id, created_at_ms, id);
CREATE INDEX attempts_of_executor ON attempts (executor, created_at_ms, id);
`,
};
