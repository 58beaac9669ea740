import type { Migration } from './migration.ts';

/**
 * How an agent was run and what it used; what it asked to be allowed, and how far the allowance reached. Lists of gates
 * read `open_request`: an agent asks often, and a request may be long.
 */
export const agents: Migration = {
  version: 4,
  sql: `
ALTER TABLE attempts ADD COLUMN invocation TEXT CHECK (json_valid(invocation));
ALTER TABLE attempts ADD COLUMN usage TEXT CHECK (json_valid(usage));
ALTER TABLE gates ADD COLUMN request TEXT CHECK (json_valid(request));
ALTER TABLE gates ADD COLUMN open_request TEXT
  GENERATED ALWAYS AS (CASE state WHEN 'pending' THEN request END) VIRTUAL;
ALTER TABLE gates ADD COLUMN scope TEXT CHECK (scope IN ('once', 'attempt'));
`,
};
