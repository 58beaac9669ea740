import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf } from '../../scripts/imports.ts';
import { PRODUCT_FOLDERS, readSources } from '../../scripts/source-tree.ts';

const root = join(import.meta.dirname, '../..');

type Graph = ReadonlyMap<string, readonly string[]>;

const readGraph = (): Graph =>
  new Map(
    readSources(root, [...PRODUCT_FOLDERS, 'scripts']).map((file) => [
      file.path,
      importsOf(file).flatMap(({ kind, target }) => (kind === 'file' ? [target] : [])),
    ]),
  );

/** What remains when files that import none of the rest are taken away, again and again. */
function filesInCircles(graph: Graph): readonly string[] {
  const rest = new Map([...graph].map(([file, targets]) => [file, targets.filter((target) => graph.has(target))]));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [file, targets] of rest) {
      if (targets.some((target) => rest.has(target))) continue;
      rest.delete(file);
      isChanged = true;
    }
  }
  return [...rest.keys()].filter((file) => leadsTo(file, file, rest)).sort();
}

function leadsTo(from: string, goal: string, graph: Graph): boolean {
  const seen = new Set<string>();
  const next = [...(graph.get(from) ?? [])];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (file === goal) return true;
    if (seen.has(file)) continue;
    seen.add(file);
    next.push(...(graph.get(file) ?? []));
  }
  return false;
}

describe('imports', () => {
  it('run in no circle, those of types and those at run time included', () => {
    expect(filesInCircles(readGraph())).toEqual([]);
  });

  it.each<[Graph, readonly string[]]>([
    [
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', []],
      ]),
      [],
    ],
    [new Map([['a', ['a']]]), ['a']],
    [
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b', 'd']],
        ['d', []],
      ]),
      ['b', 'c'],
    ],
  ])('of %j have in circles: %j', (graph, expected) => {
    expect(filesInCircles(graph)).toEqual(expected);
  });
});
