import { splitSections } from './split-sections.ts';

export interface HelpText {
  readonly name: string;
  readonly title: string;
  readonly markdown: string;
}

export interface HelpHit {
  readonly name: string;
  readonly title: string;
  readonly heading: string;
  readonly slug: string | null;
  /** Around the first word that was found. */
  readonly excerpt: string;
}

const SHOWN = 40;
const AROUND = 70;

/** The sections in which every word of the query is, those first whose heading has one. */
export function searchHelp(texts: readonly HelpText[], query: string): readonly HelpHit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return texts
    .flatMap(({ name, title, markdown }) =>
      splitSections(markdown).flatMap(({ heading, slug, text }) => {
        const all = `${heading} ${text}`.toLowerCase();
        if (!words.every((word) => all.includes(word))) return [];
        const inHeading = words.filter((word) => heading.toLowerCase().includes(word)).length;
        return [{ hit: { name, title, heading, slug, excerpt: excerptOf(text, words) }, score: inHeading }];
      }),
    )
    .toSorted((one, other) => other.score - one.score)
    .slice(0, SHOWN)
    .map(({ hit }) => hit);
}

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const at = Math.max(
    0,
    Math.min(...words.map((word) => lower.indexOf(word)).filter((index) => index >= 0), text.length),
  );
  const from = Math.max(0, (at === text.length ? 0 : at) - AROUND);
  const part = text.slice(from, from + 2 * AROUND);
  return `${from > 0 ? '…' : ''}${part}${from + 2 * AROUND < text.length ? '…' : ''}`;
}
