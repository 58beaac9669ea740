import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { isWholeMatrix } from './extent.ts';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    globalSetup: ['test/support/build-programs.ts'],
    include: ['test/agents/*.agent-test.ts'],
    exclude: isWholeMatrix() ? [] : ['test/agents/all.agent-test.ts'],
    environment: 'node',
    pool: 'forks',
    isolate: true,
    maxWorkers: 2,
    // Tests of one file that run at once: most of their time they wait for an agent's start.
    maxConcurrency: 3,
    // A cold start of an agent on a busy machine takes seconds.
    testTimeout: isWholeMatrix() ? 300_000 : 120_000,
    hookTimeout: 60_000,
    allowOnly: false,
  },
});
