import { err, ok, type Result } from '../../../../contract/result.ts';
import { quotePath } from './relative-path.ts';

/** One piece of a segment: a character, any one character, or any run of characters. */
type Token =
  | { readonly kind: 'character'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'run' };

/** A pattern for one name. Most names are told apart by how they begin and end, which costs next to nothing. */
interface NamePattern {
  readonly tokens: readonly Token[];
  /** What stands before the first wildcard: the whole name where there is none. */
  readonly start: string;
  /** What stands behind the last one. */
  readonly end: string;
  readonly isLiteral: boolean;
}

type PatternSegment = 'any depth' | NamePattern;

export interface PathPattern {
  readonly source: string;
  readonly segments: readonly PatternSegment[];
  /** Ends in `/`: names a folder, so only what lies below it matches. */
  readonly isFolderOnly: boolean;
}

/** Reads one pattern of `allowed_paths` or `forbidden_paths`. The sentence says what is wrong with it. */
export function parsePathPattern(source: string): Result<PathPattern, string> {
  const problem = findProblem(source);
  if (problem !== null) return err(`path pattern ${quotePath(source)} ${problem}`);
  const text = source.replace(/^(\.\/)+/, '');
  const names = text.split('/').filter((name) => name !== '');
  const isAnchored = text.replace(/\/+$/, '').includes('/');
  const segments = names.map(parseSegment);
  return ok({
    source,
    segments: isAnchored ? segments : ['any depth', ...segments],
    isFolderOnly: text.endsWith('/'),
  });
}

/** Whether a changed path, given in segments, is meant by the pattern: itself or through a folder above it. */
export function matchesPath(pattern: PathPattern, path: readonly string[]): boolean {
  const lastStart = path.length - (pattern.isFolderOnly ? 1 : 0);
  let ends: readonly number[] = [0];
  for (const [index, segment] of pattern.segments.entries()) {
    const isLast = index === pattern.segments.length - 1;
    ends = segment === 'any depth' ? endsBelow(ends, path, isLast) : endsAfter(ends, path, segment);
    if (ends.length === 0) return false;
  }
  return ends.some((end) => end > 0 && end <= lastStart);
}

function findProblem(source: string): string | null {
  if (source.trim() === '') return 'is blank';
  if (source.includes('\0')) return 'contains a null character';
  if (source.startsWith('!')) return 'starts with "!": a pattern cannot take back another one';
  if (/(^|\/)\.\.(\/|$)/.test(source)) return 'leads upward: ".." is not allowed';
  if (/^(\.?\/)*\.?$/.test(source)) return 'names the whole repository; write "**"';
  return /(^|[^\\])(\\\\)*\\$/.test(source) ? 'ends in a backslash that escapes nothing' : null;
}

function parseSegment(name: string): PatternSegment {
  if (/^\*{2,}$/.test(name)) return 'any depth';
  const tokens: Token[] = [];
  let isEscaped = false;
  for (const character of name) {
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

/** `**` in the middle spans any number of folders, none included; at the end it means what is inside. */
function endsBelow(starts: readonly number[], path: readonly string[], isLast: boolean): readonly number[] {
  const first = Math.min(...starts) + (isLast ? 1 : 0);
  return Array.from({ length: Math.max(0, path.length - first + 1) }, (_, offset) => first + offset);
}

function endsAfter(starts: readonly number[], path: readonly string[], pattern: NamePattern): readonly number[] {
  const matching = starts.filter((start) => {
    const name = path[start];
    return name !== undefined && isMeant(pattern, name);
  });
  return matching.map((start) => start + 1);
}

function isMeant({ tokens, start, end, isLiteral }: NamePattern, name: string): boolean {
  if (isLiteral) return name === start;
  return name.startsWith(start) && name.endsWith(end) && matchesName(tokens, Array.from(name));
}

/** Goes back to the newest run only, which suffices and keeps the time at length times length. */
function matchesName(tokens: readonly Token[], name: readonly string[]): boolean {
  let token = 0;
  let run: { readonly token: number; readonly character: number } | null = null;
  for (let character = 0; character < name.length; ) {
    const current = tokens[token];
    if (current?.kind === 'run') {
      run = { token, character };
      token += 1;
    } else if (current !== undefined && (current.kind === 'one' || current.text === name[character])) {
      token += 1;
      character += 1;
    } else if (run !== null) {
      run = { token: run.token, character: run.character + 1 };
      token = run.token + 1;
      character = run.character;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every(({ kind }) => kind === 'run');
}
