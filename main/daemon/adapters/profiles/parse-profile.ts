import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import type { ExecutorProfile } from '../../../../contract/executor-profile.ts';
import { nearestWord } from '../../../../contract/nearest-word.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { ProfileDocument, profileOf } from '../../../../contract/wire/executor-profile.ts';
import { explainIssue, joinPath } from '../../../../contract/wire/explain-issue.ts';
import { checkProfile } from './check-profile.ts';
import { knownKeys } from './known-keys.ts';
import type { ProfileIssue } from './profile-issue.ts';

export interface ProfileText {
  readonly text: string;
  /** The file as it stands in sentences. */
  readonly file: string;
  /** The name of a profile whose file names none. */
  readonly fallbackName: string;
}

export interface UnusableProfile {
  /** The name under which somebody would ask for it. */
  readonly name: string;
  readonly problems: readonly [string, ...string[]];
}

type Path = ProfileIssue['path'];

/** Reads a profile. Every sentence of an error names file, line and key; none repeats a value of the environment. */
export function parseProfile({ text, file, fallbackName }: ProfileText): Result<ExecutorProfile, UnusableProfile> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: 'error',
    lineCounter: lines,
  });
  const [broken] = [...document.errors, ...document.warnings];
  if (broken !== undefined) {
    return unusable(fallbackName, [`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`]);
  }
  const content = contentOf(document);
  if (!content.ok) return unusable(fallbackName, [`${file}: ${content.error}`]);
  const read = readContent(content.value);
  if (!read.ok) {
    const sentences = read.error.map(({ path, sentence }) => {
      const { line } = lines.linePos(offsetOf(document, path));
      return `${file}:${line}: ${path.length === 0 ? sentence : `${joinPath(path)} ${sentence}`}`;
    });
    return unusable(nameIn(content.value) ?? fallbackName, sentences);
  }
  return ok(profileOf(read.value, fallbackName));
}

function unusable(name: string, [first, ...rest]: readonly string[]): Result<never, UnusableProfile> {
  return err({ name, problems: [first ?? 'it cannot be read', ...rest] });
}

/** Aliases may lead nowhere, or multiply beyond measure. */
function contentOf(document: Document): Result<unknown, string> {
  try {
    return ok(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    if (error instanceof ReferenceError) return err(error.message);
    throw error;
  }
}

function readContent(content: unknown): Result<ProfileDocument, readonly ProfileIssue[]> {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return err([{ path: [], sentence: 'a profile is a mapping of keys such as agent and model' }]);
  }
  const parsed = ProfileDocument.safeParse(content, { error: explainIssue });
  const issues = parsed.success ? [] : parsed.error.issues.slice(0, MAX_ISSUES).flatMap(issuesOf);
  const found = firstOfEach([...checkProfile(content), ...issues]);
  return parsed.success && found.length === 0 ? ok(parsed.data) : err(found.slice(0, MAX_ISSUES));
}

/** Whoever has so many looks at the first ones; files come from other people's repositories, too. */
const MAX_ISSUES = 50;

/** The first of those about the same place. */
const firstOfEach = (issues: readonly ProfileIssue[]): readonly ProfileIssue[] =>
  Map.groupBy(issues, ({ path }) => joinPath(path))
    .values()
    .flatMap((same) => same.slice(0, 1))
    .toArray();

/** A key that is not known is told where it stands, each for itself. */
function issuesOf(issue: z.core.$ZodIssue): readonly ProfileIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, MAX_ISSUES)
      .map((key) => ({ path: [...issue.path, key], sentence: unknownKey(issue.path, key) }));
  }
  if (issue.code === 'invalid_union') return [{ path: issue.path, sentence: 'must be a text or a list of texts' }];
  return [{ path: issue.path, sentence: issue.message }];
}

function unknownKey(path: Path, key: string): string {
  const known = knownKeys(path);
  const meant = nearestWord(key, known);
  const hint = meant === null ? `known ones: ${known.join(', ')}` : `did you mean ${meant}?`;
  return `is not a known key; ${hint}`;
}

const nameIn = (content: unknown): string | null =>
  typeof content === 'object' && content !== null && 'name' in content && typeof content.name === 'string'
    ? content.name
    : null;

/** Where the key stands that a path leads to, or what of the path there is. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const part of path) {
    const next = entryOf(node, part);
    if (next === null) break;
    offset = next.offset;
    node = next.value;
  }
  return offset;
}

function entryOf(node: unknown, part: PropertyKey): { readonly offset: number; readonly value: unknown } | null {
  if (isMap(node)) {
    const pair = pairOf(node, part);
    return pair === null ? null : { offset: startOf(pair.key), value: pair.value };
  }
  if (typeof node !== 'object' || node === null || !('items' in node) || !Array.isArray(node.items)) return null;
  const item: unknown = typeof part === 'number' ? node.items[part] : undefined;
  return item === undefined ? null : { offset: startOf(item), value: item };
}

const pairOf = (map: YAMLMap, key: PropertyKey) =>
  map.items.filter(isPair).find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key)) ?? null;

const startOf = (node: unknown): number =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
