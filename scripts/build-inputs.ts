import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE_FOLDERS = ['contract', 'main', 'renderer'];
const SINGLE_FILES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/build.ts',
  'scripts/licences.ts',
];

/** SHA-256 (hex) over the names and bytes of everything a build reads; the Node that builds is one of its inputs. */
export function hashBuildInputs(root: string): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of [...SINGLE_FILES, ...SOURCE_FOLDERS.flatMap((folder) => listFiles(root, folder))]) {
    const bytes = readFileSync(join(root, file));
    hash.update(`\0${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function listFiles(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
