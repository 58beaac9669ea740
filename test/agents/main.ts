/**
 * The tests with the vendors' own programs: `npm run test:agents [-- --all] [-- vitest's arguments]`. Installs the programs when
 * they are missing, starts itself anew in isolation, and runs the files `*.agent-test.ts`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeExtent } from './extent.ts';
import { installPrograms } from './install-programs.ts';
import { currentIsolation, DESCRIPTIONS, type Isolation, runIsolated } from './isolation.ts';
import { startLookupRecorder } from './lookup-recorder.ts';

const args = takeExtent(process.argv.slice(2));
const isolation = currentIsolation();
if (isolation === null) {
  installPrograms();
  process.exitCode = runIsolated(import.meta.filename, args);
} else process.exitCode = await runTests(isolation);

async function runTests(inside: Isolation): Promise<number> {
  console.log(`isolation: ${DESCRIPTIONS[inside]}`);
  const folder = mkdtempSync(join(tmpdir(), 'codencer-lookups-'));
  const recorder = await startLookupRecorder(inside, join(folder, 'lookups'));
  const startedMs = performance.now();
  try {
    return await vitest();
  } finally {
    console.log(`tests with agents: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    recorder.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function vitest(): Promise<number> {
  const root = join(import.meta.dirname, '../..');
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const child = spawn(process.execPath, [program, 'run', '--config', config, ...args], { cwd: root, stdio: 'inherit' });
  const [status]: (number | null)[] = await once(child, 'exit');
  return status ?? 1;
}
