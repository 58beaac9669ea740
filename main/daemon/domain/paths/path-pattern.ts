import { err, ok, type Result } from '../../../../contract/result.ts';
import { type NamePattern, parseNamePattern } from './name-pattern.ts';
import { quotePath } from './relative-path.ts';

/** `key` is the same where the segments mean the same; no name has a slash in it. */
export type PatternSegment =
  | { readonly kind: 'any depth'; readonly key: '/' }
  | { readonly kind: 'name'; readonly key: string; readonly name: NamePattern };

export interface PathPattern {
  readonly source: string;
  readonly segments: readonly PatternSegment[];
  /** Ends in `/`: names a folder, so only what lies below it matches. */
  readonly isFolderOnly: boolean;
}

const ANY_DEPTH: PatternSegment = { kind: 'any depth', key: '/' };

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
    segments: isAnchored ? segments : [ANY_DEPTH, ...segments],
    isFolderOnly: text.endsWith('/'),
  });
}

const parseSegment = (text: string): PatternSegment =>
  /^\*{2,}$/.test(text) ? ANY_DEPTH : { kind: 'name', key: text, name: parseNamePattern(text) };

function findProblem(source: string): string | null {
  if (source.trim() === '') return 'is blank';
  if (source.includes('\0')) return 'contains a null character';
  if (source.startsWith('!')) return 'starts with "!": a pattern cannot take back another one';
  if (/(^|\/)\.\.(\/|$)/.test(source)) return 'leads upward: ".." is not allowed';
  if (/^(\.?\/)*\.?$/.test(source)) return 'names the whole repository; write "**"';
  return /(^|[^\\])(\\\\)*\\$/.test(source) ? 'ends in a backslash that escapes nothing' : null;
}
