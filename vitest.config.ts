import { defineConfig } from 'vitest/config';
import { ProcessesFirst } from './test/support/processes-first.ts';

export default defineConfig({
  test: {
    globalSetup: ['test/support/build-programs.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/fixtures/**', '**/node_modules/**'],
    environment: 'node',
    // Real processes and real SQLite files: a worker of its own per file keeps a leak in one file out of the others.
    pool: 'forks',
    isolate: true,
    // Most of a test's time is waiting for processes and disks: three workers keep two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: ProcessesFirst },
    testTimeout: 20_000,
    hookTimeout: 20_000,
    allowOnly: false,
  },
});
