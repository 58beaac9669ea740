import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

/** The folders of the product itself; each file under them is a source. */
export const PRODUCT_FOLDERS = ['contract', 'main', 'preload', 'renderer', 'broker'] as const;

export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: AstNode;
}

export interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Files below `folders` (those that exist) whose path matches, relative to `root` and sorted; not those of npm. */
export function listFiles(root: string, folders: readonly string[], pattern: RegExp): readonly string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(join(entry.parentPath, entry.name).slice(root.length + 1)))
    .filter((path) => pattern.test(path) && !path.includes('/node_modules/'))
    .sort();
}

export function readSources(root: string, folders: readonly string[]): readonly SourceFile[] {
  return listFiles(root, folders, /\.(ts|tsx)$/).map((path) =>
    parseSource(path, readFileSync(join(root, path), 'utf8')),
  );
}

/** Throws on a syntax error, with the file's name. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path}: ${error.message}`);
  if (!isAstNode(program)) throw new Error(`${path}: the parser returned no tree`);
  return { path, text, program };
}

/** Every node below and including `value`, parents before children. */
export function* nodesOf(value: unknown): Generator<AstNode> {
  if (typeof value !== 'object' || value === null) return;
  if (isAstNode(value)) yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

export function isAstNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** 1-based line of a character offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
