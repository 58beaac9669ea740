import { spawn } from 'node:child_process';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const STATIC_STEPS: readonly Step[] = [
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'lint with types', command: [bin('oxlint'), '--type-aware', '--deny-warnings', '.'] },
  { name: 'types', command: [bin('tsc'), '--noEmit', '-p', '.'] },
  { name: 'types of the dashboard', command: [bin('tsc'), '--noEmit', '-p', 'renderer'] },
  { name: 'types of its unit tests', command: [bin('tsc'), '--noEmit', '-p', 'test/unit/renderer'] },
  { name: 'types of its tests', command: [bin('tsc'), '--noEmit', '-p', 'test/end-to-end'] },
  { name: 'build', command: [process.execPath, join(root, 'scripts', 'build.ts'), '--if-changed'] },
];
/** The import arrows are tests like any other (test/architecture), so they run here too. */
const TEST_STEP: Step = { name: 'tests', command: [bin('vitest'), 'run'] };

const steps = process.argv.includes('--static') ? STATIC_STEPS : [...STATIC_STEPS, TEST_STEP];
let failedCount = 0;
for (const step of steps) {
  if (!(await passes(step))) failedCount += 1;
}
console.log(failedCount === 0 ? 'check: all steps passed' : `check: ${failedCount} of ${steps.length} steps failed`);
process.exitCode = failedCount === 0 ? 0 : 1;

/** Runs one step; what it printed is shown only when it fails, except for the tests, which are watched. */
async function passes(step: Step): Promise<boolean> {
  const startedMs = performance.now();
  const { exitCode, output } = await runStep(step);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  if (exitCode !== 0) process.stderr.write(output);
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
  return exitCode === 0;
}

function runStep(step: Step): Promise<{ readonly exitCode: number | null; readonly output: string }> {
  const [file, ...args] = step.command;
  const stdio = step === TEST_STEP ? 'inherit' : 'pipe';
  const { promise, resolve, reject } = Promise.withResolvers<{ exitCode: number | null; output: string }>();
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', stdio, stdio], shell: process.platform === 'win32' });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  child.on('error', reject);
  child.on('close', (exitCode) => resolve({ exitCode, output }));
  return promise;
}
