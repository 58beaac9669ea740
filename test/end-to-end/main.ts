/**
 * The dashboard in a real browser: `npm run test:e2e [-- vitest's arguments]`. Finds Chromium, or installs Debian's where
 * that can be done, and runs the files `*.e2e-test.ts`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { provideChromium } from './support/provide-chromium.ts';

const chromium = provideChromium((text) => console.log(text));
if (chromium.ok) process.exitCode = await runTests(chromium.value, process.argv.slice(2));
else {
  console.error(chromium.error);
  process.exitCode = 1;
}

async function runTests(program: string, args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const root = join(import.meta.dirname, '../..');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM: program },
  });
  const [status]: (number | null)[] = await once(child, 'exit');
  console.log(`tests in a browser: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return status ?? 1;
}
