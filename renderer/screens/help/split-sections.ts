import { slugger } from '../../parts/markdown/slugger.ts';

/** A heading of a document and what stands below it, up to the next one. */
export interface Section {
  readonly heading: string;
  /** Null: what stands before the first heading. */
  readonly slug: string | null;
  readonly text: string;
}

/** What looks like a heading inside of a code block is none. */
export function splitSections(markdown: string): readonly Section[] {
  const slug = slugger();
  const sections: { heading: string; slug: string | null; lines: string[] }[] = [
    { heading: '', slug: null, lines: [] },
  ];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const marks = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && marks !== '') fence = marks;
    else if (fence !== '' && marks.startsWith(fence)) fence = '';
    const heading = fence === '' ? /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1] : undefined;
    if (heading === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ heading: plainText(heading), slug: slug(heading), lines: [] });
  }
  return sections
    .map((section) => ({ heading: section.heading, slug: section.slug, text: plainText(section.lines.join('\n')) }))
    .filter(({ heading, text }) => heading !== '' || text !== '');
}

/** Without the signs of Markdown: what is read, not how it is written. */
const plainText = (markdown: string): string =>
  markdown
    .replace(/<!--.*?-->/gs, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[\s>|:-]*$/gm, '')
    .replace(/[`*|]|^#+\s/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
