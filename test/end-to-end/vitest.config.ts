import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    globalSetup: ['test/support/build-programs.ts'],
    include: ['test/end-to-end/*.e2e-test.ts'],
    environment: 'node',
    pool: 'forks',
    isolate: true,
    // A browser and a daemon each: two keep two cores busy.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    expect: { poll: { interval: 50, timeout: 15_000 } },
  },
});
