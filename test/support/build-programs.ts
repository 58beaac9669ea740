import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAMS_VARIABLE } from './built-programs.ts';

/**
 * Before any test: the bundles are those of the sources, however the tests were started. They are tried from a copy, which
 * no later build takes away from under a program that has loaded half of itself. What another build has just begun is left.
 */
export default function buildPrograms(): () => void {
  const root = join(import.meta.dirname, '../..');
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--if-changed'], { cwd: root, stdio: 'inherit' });
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codencer-built-')));
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: (path) => !path.includes('.staging-') });
  }
  for (const part of ['node_modules', 'resources']) symlinkSync(join(root, part), join(folder, part));
  process.env[PROGRAMS_VARIABLE] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
