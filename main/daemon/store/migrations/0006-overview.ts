import type { Migration } from './migration.ts';

/** What a dashboard asks across runs: the newest steps, those in a state, and how many there are of each. */
export const overview: Migration = {
  version: 6,
  sql: `
CREATE INDEX steps_newest ON steps (created_at_ms, id);
CREATE INDEX steps_of_state ON steps (state, created_at_ms, id);
`,
};
