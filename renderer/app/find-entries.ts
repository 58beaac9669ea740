import type { PaletteEntry } from './palette-entries.ts';

/** At most so many lines: nobody reads further, they type on. */
const SHOWN = 60;

export interface EntrySearch {
  readonly entries: readonly PaletteEntry[];
  readonly query: string;
  /** Ids of what was chosen lately, newest first. */
  readonly recent: readonly string[];
}

export interface EntryGroup {
  readonly heading: string;
  readonly entries: readonly PaletteEntry[];
}

/** What fits every word of the query. Without a query the recent ones are first, in a group of their own. */
export function findEntries({ entries, query, recent }: EntrySearch): readonly EntryGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return withRecent(entries, recent);
  const scored = entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) + (recent.includes(entry.id) ? 0.5 : 0) }))
    .filter(({ score }) => score >= 1)
    .sort((one, other) => other.score - one.score);
  return grouped(scored.slice(0, SHOWN).map(({ entry }) => entry));
}

function withRecent(entries: readonly PaletteEntry[], recent: readonly string[]): readonly EntryGroup[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const used = recent.flatMap((id) => byId.get(id) ?? []);
  const rest = entries.filter(({ id }) => !recent.includes(id)).slice(0, SHOWN);
  return [...(used.length === 0 ? [] : [{ heading: 'Recent', entries: used }]), ...grouped(rest)];
}

/** Groups in the order of their best entry. */
const grouped = (entries: readonly PaletteEntry[]): readonly EntryGroup[] =>
  [...Map.groupBy(entries, ({ group }) => group)].map(([heading, of]) => ({ heading, entries: of }));

/** 0: a word is nowhere. The beginning of the label counts most, then beginnings of words, then anywhere. */
function scoreOf({ label, also }: PaletteEntry, words: readonly string[]): number {
  const name = label.toLowerCase();
  const rest = also.toLowerCase();
  let lowest = Number.POSITIVE_INFINITY;
  for (const word of words) lowest = Math.min(lowest, scoreOfWord(word, name, rest));
  return lowest;
}

function scoreOfWord(word: string, name: string, rest: string): number {
  if (name.startsWith(word)) return 4;
  if (name.split(/[\s/_.-]+/).some((part) => part.startsWith(word))) return 3;
  if (name.includes(word)) return 2;
  return rest.includes(word) ? 1 : 0;
}
