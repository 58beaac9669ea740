/** One piece of a name: a character, any one character, or any run of characters. */
type Token =
  | { readonly kind: 'character'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'run' };

/** A pattern for one name. Most names are told apart by how they begin and end, which costs next to nothing. */
export interface NamePattern {
  readonly tokens: readonly Token[];
  /** What stands before the first wildcard: the whole name where there is none. */
  readonly start: string;
  /** What stands behind the last one. */
  readonly end: string;
  readonly isLiteral: boolean;
}

/** `text` has no slash; a backslash takes the meaning from the character behind it. */
export function parseNamePattern(text: string): NamePattern {
  const tokens: Token[] = [];
  let isEscaped = false;
  for (const character of text) {
    if (!isEscaped && character === '\\') {
      isEscaped = true;
      continue;
    }
    const token = isEscaped ? literal(character) : tokenOf(character);
    if (!(token.kind === 'run' && tokens.at(-1)?.kind === 'run')) tokens.push(token);
    isEscaped = false;
  }
  return namePattern(tokens);
}

function namePattern(tokens: readonly Token[]): NamePattern {
  const isWild = ({ kind }: Token): boolean => kind !== 'character';
  const first = tokens.findIndex(isWild);
  const isLiteral = first === -1;
  const start = textOf(isLiteral ? tokens : tokens.slice(0, first));
  return { tokens, isLiteral, start, end: isLiteral ? start : textOf(tokens.slice(tokens.findLastIndex(isWild) + 1)) };
}

const textOf = (tokens: readonly Token[]): string =>
  tokens.map((token) => (token.kind === 'character' ? token.text : '')).join('');

const literal = (text: string): Token => ({ kind: 'character', text });

/** Brackets stand for themselves: `[id].tsx` is a common file name and character classes are not offered. */
function tokenOf(character: string): Token {
  if (character === '*') return { kind: 'run' };
  return character === '?' ? { kind: 'one' } : literal(character);
}

/** A name of a path, taken apart once for all patterns. */
export interface PathName {
  readonly text: string;
  readonly characters: readonly string[];
}

export const pathName = (text: string): PathName => ({ text, characters: Array.from(text) });

export function isMeant({ tokens, start, end, isLiteral }: NamePattern, { text, characters }: PathName): boolean {
  if (isLiteral) return text === start;
  return text.startsWith(start) && text.endsWith(end) && matchesName(tokens, characters);
}

/** Goes back to the newest run only, which suffices and keeps the time at length times length. */
function matchesName(tokens: readonly Token[], characters: readonly string[]): boolean {
  let token = 0;
  let runToken = -1;
  let runCharacter = 0;
  for (let character = 0; character < characters.length; ) {
    const current = tokens[token];
    if (current?.kind === 'run') {
      runToken = token;
      runCharacter = character;
      token += 1;
    } else if (current !== undefined && (current.kind === 'one' || current.text === characters[character])) {
      token += 1;
      character += 1;
    } else if (runToken !== -1) {
      runCharacter += 1;
      token = runToken + 1;
      character = runCharacter;
    } else {
      return false;
    }
  }
  for (; token < tokens.length; token += 1) if (tokens[token]?.kind !== 'run') return false;
  return true;
}
