import { type PathPattern, parsePathPattern } from './paths/path-pattern.ts';
import { plantPatterns } from './paths/pattern-tree.ts';
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
  const isFree = input.allowedPaths.length === 0;
  const broken = new Set(input.touchedPaths).values().flatMap((path) => {
    const names = fold(path).split('/');
    const hit = forbidden.find(names);
    if (hit !== null) return [forbids(path, hit)];
    return isFree || allowed.find(names) !== null ? [] : [allowsNot(path)];
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
  /** The first pattern, as it was written, that covers a path given in names. */
  readonly find: (names: readonly string[]) => string | null;
  readonly unreadable: readonly PathViolation[];
}

function compile(sources: readonly string[], rule: PathViolation['rule'], fold: (text: string) => string): Compiled {
  const patterns: PathPattern[] = [];
  const unreadable: PathViolation[] = [];
  for (const source of sources) {
    const parsed = parsePathPattern(fold(source));
    if (parsed.ok) patterns.push({ ...parsed.value, source });
    else unreadable.push({ path: '', rule, pattern: source, sentence: parsed.error });
  }
  const tree = plantPatterns(patterns);
  return { find: (names) => tree.find(names)?.source ?? null, unreadable };
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
