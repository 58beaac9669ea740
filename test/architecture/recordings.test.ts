import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../../scripts/source-tree.ts';

const root = join(import.meta.dirname, '../..');
const recordings = listFiles(root, ['test/fixtures/agents'], /\.jsonl$/);
const endOf = (path: string): string => path.replace(/\.jsonl$/, '.end.json');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What would say where and by whom a recording was made. opencode's own files are in `/$bunfs/root`. */
const PERSONAL =
  /(?<!bunfs)\/root\/|\/(?:home|Users|tmp)\/(?!someone\b)[\w.-]+|127\.0\.0\.1:(?!4000\b|9\b)\d+|\bsk-[\w-]{8,}/g;

describe('recordings of agents', () => {
  it('say nothing about the machine that they were made on', () => {
    const found = [...recordings, ...recordings.map(endOf)].flatMap((path) =>
      [...read(path).matchAll(PERSONAL)].map(([text]) => `${path}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('are lines of JSON, with an end of their own', () => {
    for (const path of recordings) {
      for (const line of read(path).split('\n').filter(Boolean)) expect(() => JSON.parse(line), path).not.toThrow();
      expect(JSON.parse(read(endOf(path))), path).toMatchObject({ version: expect.any(String) });
    }
  });

  it('are small', () => {
    const large = recordings.filter((path) => statSync(join(root, path)).size > 100_000);
    expect(large).toEqual([]);
  });
});
