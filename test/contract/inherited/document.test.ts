import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { isPlayed } from './case.ts';
import { DEFECTS } from './defects.ts';
import { describeCounts, describeDefects, describeDifferences } from './describe-differences.ts';
import { CAPTURED, LATER_SECTIONS, STORIES } from './stories.ts';

const PAGE = join(import.meta.dirname, '../../../resources/docs/inherited-clients.md');
const TABLES: Readonly<Record<string, () => string>> = {
  differences: describeDifferences,
  defects: describeDefects,
  counts: describeCounts,
};

/** What the page says between the marks of each table; `UPDATE_DOCS=1` writes it. */
function fillTables(page: string): string {
  return Object.entries(TABLES).reduce((text, [name, describeTable]) => {
    const marks = new RegExp(`(<!-- ${name}: .*?-->\n)[\\s\\S]*?(<!-- end of ${name} -->)`);
    if (!marks.test(text)) throw new Error(`the page has no marks for ${name}`);
    return text.replace(marks, (_whole, begin: string, end: string) => `${begin}\n${describeTable()}\n\n${end}`);
  }, page);
}

describe('resources/docs/inherited-clients.md', () => {
  it('tells every difference, as the cases do', () => {
    const page = readFileSync(PAGE, 'utf8');
    const wanted = fillTables(page);
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, wanted);
    else expect(page).toBe(wanted);
  });
});

describe('the captured sections', () => {
  const casesOf = (section: string) =>
    STORIES.filter((story) => story.section === section).flatMap(({ cases }) => cases);

  it.each(Object.entries(CAPTURED))('%s: all %i cases are here, in order, each once', (section, count) => {
    const ids = Array.from({ length: count }, (_, index) => `${section}${index + 1}`);
    expect(casesOf(section).map(({ id }) => id)).toEqual(ids);
  });

  it('are all of A to Z, here or named as later work', () => {
    const known = [...Object.keys(CAPTURED), ...Object.keys(LATER_SECTIONS)].toSorted();
    expect(known).toEqual(Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index)));
    expect([...new Set(STORIES.map(({ section }) => section))]).toEqual(Object.keys(CAPTURED));
  });

  it('name a defect that there is', () => {
    const labels = STORIES.flatMap(({ cases }) => cases)
      .filter(isPlayed)
      .map(({ label }) => label);
    const numbers = labels.flatMap((label) =>
      label.kind !== 'same' && label.defect !== 'unlisted' ? [label.defect] : [],
    );
    expect(DEFECTS).toHaveLength(29);
    expect(numbers.filter((number) => DEFECTS[number - 1] === undefined)).toEqual([]);
  });

  it('are played by a test each', () => {
    const files = ['http', 'client', 'work', 'agents', 'scripts'].map((name) =>
      readFileSync(join(import.meta.dirname, `${name}.test.ts`), 'utf8'),
    );
    const played = Object.keys(CAPTURED).filter((section) =>
      files.some((text) => new RegExp(`import \\{ ${section} \\} from './stories/`).test(text)),
    );
    expect(played).toEqual(Object.keys(CAPTURED));
  });
});
