import { join } from 'node:path';
import { functionsOf } from './functions.ts';
import { importsOf } from './imports.ts';
import { PRODUCT_FOLDERS, readSources, type SourceFile } from './source-tree.ts';

interface Sized {
  readonly name: string;
  readonly lineCount: number;
}

const TAIL_LENGTH = 10;

const root = join(import.meta.dirname, '..');
const product = readSources(root, PRODUCT_FOLDERS);
const tests = readSources(root, ['test']);

printSizes('files', product.map(sizeOfFile));
printSizes('functions', product.flatMap(functionsOf));
printSizes('test files', tests.map(sizeOfFile));
printArrows();
printUnimported();

function sizeOfFile({ path, text }: SourceFile): Sized {
  return { name: path, lineCount: text.trimEnd().split('\n').length };
}

function printSizes(title: string, items: readonly Sized[]): void {
  const sorted = items.toSorted((a, b) => b.lineCount - a.lineCount);
  const [median, p90] = [0.5, 0.9].map((share) => sorted[Math.floor(sorted.length * (1 - share))]?.lineCount ?? 0);
  console.log(`\n${title}: ${items.length}, median ${median} lines, p90 ${p90}; the longest:`);
  for (const { name, lineCount } of sorted.slice(0, TAIL_LENGTH)) console.log(`${pad(lineCount)}  ${name}`);
}

function printArrows(): void {
  const counts = new Map<string, number>();
  for (const [from, to] of product.flatMap(arrowsOf)) {
    if (from !== to) counts.set(`${from} → ${to}`, (counts.get(`${from} → ${to}`) ?? 0) + 1);
  }
  console.log('\narrows between folders (imports):');
  for (const [arrow, count] of [...counts].toSorted(([a], [b]) => a.localeCompare(b)))
    console.log(`${pad(count)}  ${arrow}`);
}

function arrowsOf(file: SourceFile): readonly (readonly [string, string])[] {
  const files = importsOf(file).filter(({ kind }) => kind === 'file');
  return files.map(({ target }) => [folderOf(file.path), folderOf(target)] as const);
}

/** The folder that ARCHITECTURE.md names: one level, two under main/, three under main/daemon/. */
function folderOf(path: string): string {
  const depth = path.startsWith('main/daemon/') ? 3 : path.startsWith('main/') ? 2 : 1;
  return path.split('/').slice(0, -1).slice(0, depth).join('/');
}

function printUnimported(): void {
  const byProduct = targetsOf(product);
  const byTests = targetsOf(tests);
  const unimported = product.filter(({ path }) => !byProduct.has(path) && !path.endsWith('/main.ts'));
  console.log('\nimported by nobody:');
  for (const { path } of unimported) console.log(`        ${path}${byTests.has(path) ? ' (by tests only)' : ''}`);
  if (unimported.length === 0) console.log('        none');
}

function targetsOf(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(files.flatMap((file) => importsOf(file).map(({ target }) => target)));
}

function pad(count: number): string {
  return String(count).padStart(6);
}
