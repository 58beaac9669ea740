import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Before any test: the bundles are those of the sources, however the tests were started. */
export default function buildPrograms(): void {
  const root = join(import.meta.dirname, '../..');
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--if-changed'], { cwd: root, stdio: 'inherit' });
}
