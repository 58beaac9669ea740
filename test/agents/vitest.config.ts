import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    globalSetup: ['test/support/build-programs.ts'],
    include: ['test/agents/*.agent-test.ts'],
    environment: 'node',
    pool: 'forks',
    isolate: true,
    maxWorkers: 2,
    // A cold start of an agent on a busy machine takes seconds.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    allowOnly: false,
  },
});
