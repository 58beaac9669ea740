import type { CommandRow } from '../command-section.ts';
import { PLURALS, SECTIONS } from '../command-table.ts';
import { findCommand, inSingular } from '../find-command.ts';
import { type FlagKinds, flagToken } from '../flags.ts';
import type { Candidate } from './candidate.ts';
import { flagValues, type IdKind, placeValues, type Values } from './known-values.ts';

export interface Completion {
  readonly candidates: readonly Candidate[];
  /** The names of files fit as well. */
  readonly wantsFiles: boolean;
}

export interface Typed {
  /** Whole words after the program's name. */
  readonly before: readonly string[];
  /** What the cursor stands behind; may be empty. */
  readonly partial: string;
}

export type AskIds = (kind: IdKind) => Promise<readonly Candidate[]>;

const ROWS = SECTIONS.flatMap(({ rows }) => rows);
const NOTHING: Completion = { candidates: [], wantsFiles: false };

/** What may stand where the cursor is, from the command table and from the flags of the command itself. */
export async function complete({ before, partial }: Typed, askIds: AskIds): Promise<Completion> {
  const words = withoutEquals(before);
  const typed = { before: words[0] === 'help' ? words.slice(1) : words, partial };
  const all = await allThatFits(typed, askIds);
  return { ...all, candidates: all.candidates.filter(({ value }) => value.startsWith(partial)) };
}

/** Bash takes `--state=run` for three words. */
const withoutEquals = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => !(word === '=' && words[index - 1]?.startsWith('--') === true));

async function allThatFits(typed: Typed, askIds: AskIds): Promise<Completion> {
  const { before } = typed;
  const [first = '', second] = before;
  if (before.length === 0) return { ...NOTHING, candidates: firstWords() };
  const inGroup = before.length === 1 ? secondWords(PLURALS.get(first) ?? first) : [];
  const asked = inSingular(before);
  const found = findCommand(asked);
  // Of a group only the second word says which command it is, unless the plural has said so.
  const isOpen = found === null || (second === undefined && inGroup.length > 0 && !PLURALS.has(first));
  if (isOpen) return { ...NOTHING, candidates: inGroup };
  const rest = await inCommand(found.row, { before: asked.slice(found.consumed), partial: typed.partial }, askIds);
  return { ...rest, candidates: [...inGroup, ...rest.candidates] };
}

function firstWords(): readonly Candidate[] {
  const groups = Map.groupBy(ROWS, ({ words }) => words.split(' ')[0] ?? words);
  return [...groups].map(([value, rows]) => ({
    value,
    about: rows.length === 1 ? (rows[0]?.summary ?? '') : titleOf(rows),
  }));
}

const titleOf = (rows: readonly CommandRow[]): string => rows.map(({ words }) => words.split(' ')[1] ?? '').join(', ');

const secondWords = (group: string): readonly Candidate[] =>
  ROWS.filter(({ words }) => words.startsWith(`${group} `)).map(({ words, summary }) => ({
    value: words.slice(group.length + 1),
    about: summary,
  }));

async function inCommand(row: CommandRow, { before, partial }: Typed, askIds: AskIds): Promise<Completion> {
  const { flags } = (await row.load()).command;
  const assigned = /^(--[a-z-]+)=/.exec(partial)?.[1];
  if (assigned !== undefined)
    return prefixed(`${assigned}=`, await fromValues(flagValues(row.words, assigned), askIds));
  const last = before.at(-1) ?? '';
  if (takesValue(flags, last)) return fromValues(flagValues(row.words, last), askIds);
  if (partial.startsWith('-')) return { ...NOTHING, candidates: flagTokens(flags, before) };
  const place = placesOf(row.args)[wordsIn(flags, before).length];
  return place === undefined ? NOTHING : fromValues(placeValues(row.words, place), askIds);
}

async function fromValues(values: Values, askIds: AskIds): Promise<Completion> {
  if (values.kind === 'ids') return { ...NOTHING, candidates: await askIds(values.of) };
  if (values.kind === 'words') return { ...NOTHING, candidates: values.words.map((value) => ({ value, about: '' })) };
  return { ...NOTHING, wantsFiles: values.kind === 'files' };
}

const prefixed = (prefix: string, { candidates, wantsFiles }: Completion): Completion => ({
  candidates: candidates.map(({ value, about }) => ({ value: `${prefix}${value}`, about })),
  wantsFiles,
});

const takesValue = (flags: FlagKinds, token: string): boolean =>
  Object.entries(flags).some(([name, kind]) => kind !== 'switch' && flagToken(name) === token);

/** Those that were not given yet, or may be given again. */
const flagTokens = (flags: FlagKinds, before: readonly string[]): readonly Candidate[] =>
  [...Object.entries(flags), ['help', 'switch'] as const]
    .filter(([name, kind]) => kind === 'texts' || !before.includes(flagToken(name)))
    .map(([name]) => ({ value: flagToken(name), about: '' }));

/** The words that are neither flags nor their values. */
const wordsIn = (flags: FlagKinds, before: readonly string[]): readonly string[] =>
  before.filter((word, index) => !word.startsWith('--') && !takesValue(flags, before[index - 1] ?? ''));

/** `<runID>|--new-run <source> [flags]` has the places `runID` and `source`. */
const placesOf = (args: string): readonly string[] =>
  [...args.replace(/\[--[^\]]*\]/g, '').matchAll(/<([\w|]+)>|\[(\w+)\]/g)].map(
    ([, needed, optional]) => needed ?? optional ?? '',
  );
