import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { searchLog } from '../../../../../main/daemon/adapters/logs/search-log.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const NEVER = new AbortController().signal;

interface Search {
  readonly text: string;
  readonly offset?: number;
  readonly limit?: number;
  readonly blockBytes?: number;
  readonly signal?: AbortSignal;
}

async function search(path: string, { text, ...more }: Search) {
  await using log = await open(path);
  return await searchLog(log, {
    text: Buffer.from(text),
    offset: 0,
    limit: 100,
    signal: NEVER,
    maxMs: 10_000,
    ...more,
  });
}

function logOf(content: string): string {
  const path = join(temporaryFolder(), 'stdout.log');
  writeFileSync(path, content);
  return path;
}

/** What the search has to find, the plain way. */
function linesWith(content: string, text: string): readonly number[] {
  let start = 0;
  return content.split('\n').flatMap((line) => {
    const at = line.indexOf(text);
    const place = at === -1 ? [] : [start + at];
    start += line.length + 1;
    return place;
  });
}

describe('searchLog', () => {
  it('finds each line once, whatever the blocks are that it reads', async () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 60 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 4 });
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(letters, texts, fc.integer({ min: 1, max: 9 }), async (content, text, blockBytes) => {
        const path = join(folder, 'stdout.log');
        writeFileSync(path, content);
        const places = linesWith(content, text);
        const found = await search(path, { text, blockBytes });
        expect(found).toEqual({ total: places.length, isComplete: true, places });
      }),
      { numRuns: 300 },
    );
  });

  it('counts every line that matches and gives the places of those that are wanted', async () => {
    const path = logOf('x1\nx2\n--\nx3\nx4');
    expect(await search(path, { text: 'x', offset: 1, limit: 2 })).toMatchObject({ total: 4, places: [3, 9] });
    expect(await search(path, { text: 'x', limit: 0 })).toMatchObject({ total: 4, places: [] });
    expect(await search(path, { text: 'x', offset: 9 })).toMatchObject({ total: 4, places: [] });
  });

  it('finds nothing that goes over the end of a line', async () => {
    expect(await search(logOf('a\nb'), { text: 'a\nb' })).toEqual({ total: 0, isComplete: true, places: [] });
  });

  it('ends when nobody waits any more, and says that it is not complete', async () => {
    const path = logOf('x\n'.repeat(10));
    const found = await search(path, { text: 'x', signal: AbortSignal.abort() });
    expect(found).toEqual({ total: 0, isComplete: false, places: [] });
  });
});
