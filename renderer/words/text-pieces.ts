import { formatCount } from './format-number.ts';

/** A piece of somebody else's text, as it is drawn. */
export interface TextPiece {
  /** `sign`: what cannot be seen, by its name; `gap`: a long nothing, by its length. */
  readonly kind: 'text' | 'sign' | 'gap';
  readonly text: string;
}

/** Longer runs of nothing push what follows out of sight. */
const BLANK_LINES = String.raw`^(?<first>(?:[ \t]*\n){3,})|\n(?<lines>(?:[ \t]*\n){3,})`;
const SPACES = String.raw`(?<spaces>[ \t]{40,})`;
/** Control, format and ignorable characters, halves of characters, and every space that is not the space bar's. */
const UNSEEN = String.raw`(?<unseen>(?:(?![\n\t ])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Z}\p{Default_Ignorable_Code_Point}\u2800])+)`;
const SPECIAL = new RegExp(`${BLANK_LINES}|${SPACES}|${UNSEEN}`, 'gu');

/** A text so that nothing in it can hide: what is not seen is named, runs of nothing are counted, the rest is as it is. */
export function textPieces(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  const add = (kind: TextPiece['kind'], piece: string): void => {
    if (piece !== '') pieces.push({ kind, text: piece });
  };
  for (const match of text.matchAll(SPECIAL)) {
    add('text', text.slice(from, match.index));
    from = match.index + match[0].length;
    const { first, lines, spaces, unseen } = match.groups ?? {};
    const blank = first ?? lines;
    if (lines !== undefined) add('text', '\n');
    if (blank !== undefined) add('gap', `${blank.split('\n').length - 1} blank lines`);
    if (blank !== undefined) add('text', '\n');
    if (spaces !== undefined) add('gap', `${spaces.length} ${spaces.includes('\t') ? 'spaces and tabs' : 'spaces'}`);
    if (unseen !== undefined) add('sign', namesOf(unseen));
  }
  add('text', text.slice(from));
  return pieces;
}

/** `U+200B`, `U+200B U+202E`, `U+200B 1,000 times`: a run of one and the same is counted. */
function namesOf(unseen: string): string {
  const names: string[] = [];
  for (const [run] of unseen.matchAll(/(.)\1*/gsu)) {
    const [first = ''] = run;
    const times = run.length / first.length;
    if (times > 3) names.push(`${nameOf(first)} ${formatCount(times)} times`);
    else for (let n = 0; n < times; n += 1) names.push(nameOf(first));
  }
  return names.join(' ');
}

const nameOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A line end at the end begins no further line. */
export const countLines = (text: string): number =>
  text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

export const countCharacters = (text: string): number => Array.from(text).length;
