import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf } from '../../scripts/imports.ts';
import {
  type AstNode,
  isAstNode,
  lineAt,
  nodesOf,
  parseSource,
  readSources,
  type SourceFile,
} from '../../scripts/source-tree.ts';

const PURE_FOLDERS = ['contract', 'main/daemon/domain'];
/** What reaches the clock, chance or the world without an import. */
const IMPURE_OBJECTS = ['process', 'performance', 'crypto', 'globalThis', 'console'];
const IMPURE_MEMBERS = ['Date.now', 'Math.random'];
const IMPURE_CALLS = ['setTimeout', 'setInterval', 'setImmediate', 'Date'];

const root = join(import.meta.dirname, '../..');

describe('contract and domain', () => {
  it('touch no clock, no chance and nothing outside', () => {
    expect(readSources(root, PURE_FOLDERS).flatMap(impuritiesOf)).toEqual([]);
  });
});

describe('the purity rules', () => {
  it.each([
    ['const at = Date.now();', 'Date.now'],
    ['const at = new Date();', 'new Date()'],
    ['const at = Date();', 'Date'],
    ['const id = Math.random();', 'Math.random'],
    ['const id = crypto.randomUUID();', 'crypto'],
    ["const home = process.env['HOME'];", 'process'],
    ['setTimeout(go, 1);', 'setTimeout'],
    ["import { readFileSync } from 'node:fs';", 'node'],
  ])('refuse %s', (text, what) => {
    expect(impuritiesOf(parseSource('a.ts', text))).toEqual([`a.ts:1 uses ${what}`]);
  });

  it.each(['const at = new Date(atMs).toISOString();', 'Math.max(1, 2);', 'Date.parse(text);', 'job.process.pid;'])(
    'allow %s',
    (text) => {
      expect(impuritiesOf(parseSource('a.ts', text))).toEqual([]);
    },
  );
});

function impuritiesOf(file: SourceFile): readonly string[] {
  const imported = importsOf(file).filter(({ kind }) => kind === 'node');
  const used = [...nodesOf(file.program)].flatMap((node) => {
    const what = impurityOf(node);
    return what === null ? [] : [{ target: what, line: lineAt(file.text, node.start) }];
  });
  return [...imported, ...used].map(({ target, line }) => `${file.path}:${line} uses ${target}`);
}

function impurityOf(node: AstNode): string | null {
  if (node.type === 'MemberExpression') return impureMember(nameOf(node['object']), nameOf(node['property']));
  if (node.type === 'CallExpression') return IMPURE_CALLS.find((name) => name === nameOf(node['callee'])) ?? null;
  if (node.type !== 'NewExpression' || nameOf(node['callee']) !== 'Date') return null;
  return Array.isArray(node['arguments']) && node['arguments'].length === 0 ? 'new Date()' : null;
}

function impureMember(object: string | null, property: string | null): string | null {
  if (object === null) return null;
  const member = `${object}.${property}`;
  if (IMPURE_MEMBERS.includes(member)) return member;
  return IMPURE_OBJECTS.includes(object) ? object : null;
}

function nameOf(node: unknown): string | null {
  return isAstNode(node) && node.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : null;
}
