import { isMeant, type NamePattern, type PathName, pathName } from './name-pattern.ts';
import type { PathPattern, PatternSegment } from './path-pattern.ts';

/**
 * Many patterns, joined where they begin alike: a thousand of them cost a path hardly more than one, as long as they
 * have no wildcards, and a glance at the name each where they have.
 */
export interface PatternTree {
  /** The first pattern of the list that means the path, given in segments: itself or through a folder above it. */
  readonly find: (path: readonly string[]) => PathPattern | null;
}

interface Branch {
  readonly isAnyDepth: boolean;
  readonly literals: Map<string, Branch>;
  readonly wild: Map<string, { readonly name: NamePattern; readonly branch: Branch }>;
  anyDepth: Branch | null;
  readonly ends: End[];
  /** Where a folder's name leads, for the next path in that folder. */
  readonly known: Map<string, readonly Branch[]>;
}

/** A pattern ends here: its place in the list, and how many names have to follow before the path is meant. */
interface End {
  readonly place: number;
  readonly namesBelow: number;
}

export function plantPatterns(patterns: readonly PathPattern[]): PatternTree {
  const root = newBranch(false);
  for (const [place, { segments, isFolderOnly }] of patterns.entries()) {
    const last = segments.reduce(grow, root);
    // `**` at the end means what is inside.
    last.ends.push({ place, namesBelow: Number(last.isAnyDepth) + Number(isFolderOnly) });
  }
  return { find: (path) => patterns[placeOfFirst(root, path)] ?? null };
}

const newBranch = (isAnyDepth: boolean): Branch => ({
  isAnyDepth,
  literals: new Map(),
  wild: new Map(),
  anyDepth: null,
  ends: [],
  known: new Map(),
});

function grow(branch: Branch, segment: PatternSegment): Branch {
  if (segment.kind === 'any depth') {
    branch.anyDepth ??= newBranch(true);
    return branch.anyDepth;
  }
  const { key, name } = segment;
  const known = name.isLiteral ? branch.literals.get(name.start) : branch.wild.get(key)?.branch;
  if (known !== undefined) return known;
  const grown = newBranch(false);
  if (name.isLiteral) branch.literals.set(name.start, grown);
  else branch.wild.set(key, { name, branch: grown });
  return grown;
}

/** Follows all branches at once, name by name; each is in the set at most once, however many ways lead to it. */
function placeOfFirst(root: Branch, path: readonly string[]): number {
  let first = Number.POSITIVE_INFINITY;
  const reach = (branch: Branch, reached: Set<Branch>, namesLeft: number): void => {
    if (reached.has(branch)) return;
    reached.add(branch);
    for (const { place, namesBelow } of branch.ends) if (namesLeft >= namesBelow) first = Math.min(first, place);
    if (branch.anyDepth !== null) reach(branch.anyDepth, reached, namesLeft);
  };
  let reached = new Set<Branch>();
  reach(root, reached, path.length);
  for (const [index, text] of path.entries()) {
    const next = new Set<Branch>();
    const namesLeft = path.length - index - 1;
    const lead = namesLeft === 0 ? branchesAfter : branchesInFolder;
    const name = pathName(text);
    for (const branch of reached) for (const after of lead(branch, name)) reach(after, next, namesLeft);
    reached = next;
  }
  return first;
}

/** Names of folders come again and again, and there are far fewer of them than of files. */
function branchesInFolder(branch: Branch, name: PathName): readonly Branch[] {
  const known = branch.known.get(name.text);
  if (known !== undefined) return known;
  const found = branchesAfter(branch, name);
  branch.known.set(name.text, found);
  return found;
}

function branchesAfter(branch: Branch, name: PathName): readonly Branch[] {
  const after = branch.isAnyDepth ? [branch] : [];
  const literal = branch.literals.get(name.text);
  if (literal !== undefined) after.push(literal);
  for (const { name: pattern, branch: grown } of branch.wild.values()) if (isMeant(pattern, name)) after.push(grown);
  return after;
}
