import { matchesPath, type PathPattern, parsePathPattern } from './paths/path-pattern.ts';
import { quotePath } from './paths/relative-path.ts';

export interface PathRuleInput {
  /** Paths of the captured changes, `/`-separated and relative to the repository; a rename contributes both of its names. */
  readonly touchedPaths: readonly string[];
  /** Empty: everything is allowed. */
  readonly allowedPaths: readonly string[];
  readonly forbiddenPaths: readonly string[];
  /** True where the file system takes `A` and `a` for one name. */
  readonly ignoresCase?: boolean;
}

export interface PathViolation {
  readonly path: string;
  readonly rule: 'allowed_paths' | 'forbidden_paths';
  /** The pattern that forbids the path; null when no pattern allows it. */
  readonly pattern: string | null;
  readonly sentence: string;
}

/** What the captured changes break, one violation a path; a pattern that cannot be read counts as broken. See paths/SPEC.md. */
export function checkPathRules(input: PathRuleInput): readonly PathViolation[] {
  const fold = (text: string): string => (input.ignoresCase === true ? text.toLowerCase() : text);
  const allowed = compile(input.allowedPaths, 'allowed_paths', fold);
  const forbidden = compile(input.forbiddenPaths, 'forbidden_paths', fold);
  const unreadable = [...allowed.unreadable, ...forbidden.unreadable];
  const broken = new Set(input.touchedPaths).values().flatMap((path) => {
    const segments = fold(path).split('/');
    const hit = forbidden.patterns.find(({ pattern }) => matchesPath(pattern, segments));
    if (hit !== undefined) return [forbids(path, hit.source)];
    const isFree = input.allowedPaths.length === 0;
    return isFree || allowed.patterns.some(({ pattern }) => matchesPath(pattern, segments)) ? [] : [allowsNot(path)];
  });
  return [...unreadable, ...broken];
}

/** The sentences of the first `limit` violations, and how many more there are. */
export function violationSentences(violations: readonly PathViolation[], limit: number): readonly string[] {
  const shown = violations.slice(0, limit).map(({ sentence }) => sentence);
  const moreCount = violations.length - shown.length;
  return moreCount === 0 ? shown : [...shown, `and ${moreCount} more paths`];
}

/** What is wrong with the patterns of a task; such a task is refused before it starts. */
export const pathPatternProblems = (patterns: readonly string[]): readonly string[] =>
  patterns.flatMap((source) => {
    const parsed = parsePathPattern(source);
    return parsed.ok ? [] : [parsed.error];
  });

interface Compiled {
  readonly patterns: readonly { readonly source: string; readonly pattern: PathPattern }[];
  readonly unreadable: readonly PathViolation[];
}

function compile(sources: readonly string[], rule: PathViolation['rule'], fold: (text: string) => string): Compiled {
  const parsed = sources.map((source) => ({ source, result: parsePathPattern(fold(source)) }));
  return {
    patterns: parsed.flatMap(({ source, result }) => (result.ok ? [{ source, pattern: result.value }] : [])),
    unreadable: parsed.flatMap(({ source, result }) =>
      result.ok ? [] : [{ path: '', rule, pattern: source, sentence: result.error }],
    ),
  };
}

const forbids = (path: string, pattern: string): PathViolation => ({
  path,
  rule: 'forbidden_paths',
  pattern,
  sentence: `${quotePath(path)} was changed, which forbidden_paths ${quotePath(pattern)} rules out`,
});

const allowsNot = (path: string): PathViolation => ({
  path,
  rule: 'allowed_paths',
  pattern: null,
  sentence: `${quotePath(path)} was changed and no pattern of allowed_paths covers it`,
});
