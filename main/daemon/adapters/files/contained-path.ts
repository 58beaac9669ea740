import { realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { parseRelativePath } from '../../domain/paths/relative-path.ts';
import { type FileProblem, hasCode, refuseFile, tryFile } from './file-problem.ts';
import { lstatOrNull } from './lstat-or-null.ts';

export interface ContainedPlace {
  /** The root's real place. */
  readonly root: string;
  /** Absolute and free of links, as far as it exists. */
  readonly path: string;
  /** The same, relative to the root. */
  readonly fromRoot: string;
  readonly exists: boolean;
}

/**
 * Where a path from outside leads below `root`, after following links. Refused when it leads outside, through a link
 * that cannot be followed, or through something that is not a folder. What does not exist yet is allowed.
 */
export async function resolveContained(root: string, path: string): Promise<Result<ContainedPlace, FileProblem>> {
  const segments = parseRelativePath(path, process.platform === 'win32' ? 'windows' : 'posix');
  if (!segments.ok) return err({ ...refuseFile('use', path, segments.error), sentence: segments.error });
  const walked = await tryFile('use', join(root, ...segments.value), async () => {
    const realRoot = realpathSync.native(root);
    return walk({ realRoot, current: realRoot, segments: segments.value, shown: path });
  });
  return walked.ok ? walked.value : walked;
}

/** The same question where only the path is wanted; the root itself is an answer. */
export type ContainedPath = (root: string, path: string) => Promise<Result<string, FileProblem>>;

export const containedPath: ContainedPath = async (root, path) => {
  const place = await resolveContained(root, path);
  return place.ok ? ok(place.value.path) : place;
};

/** Whether `path` is `root` or lies below it; both absolute and free of links. */
export const isWithin = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);

interface Walk {
  readonly realRoot: string;
  readonly current: string;
  readonly segments: readonly string[];
  /** The path as it was given. */
  readonly shown: string;
}

function walk({ realRoot, current, segments, shown }: Walk): Result<ContainedPlace, FileProblem> {
  const [name, ...rest] = segments;
  const found = (path: string, exists: boolean) =>
    ok({ root: realRoot, path, fromRoot: relative(realRoot, path), exists });
  if (name === undefined) return found(current, true);
  const next = join(current, name);
  const stats = lstatOrNull(next);
  if (stats === null) return found(join(current, ...segments), false);
  if (!stats.isSymbolicLink()) return walk({ realRoot, current: next, segments: rest, shown });
  const target = realpathOrNull(next);
  if (target === null) return err(refuseFile('use', shown, `the link ${JSON.stringify(next)} leads nowhere`));
  if (!isWithin(realRoot, target)) {
    return err(refuseFile('use', shown, `the link ${JSON.stringify(next)} leads out of ${JSON.stringify(realRoot)}`));
  }
  return walk({ realRoot, current: target, segments: rest, shown });
}

function realpathOrNull(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ELOOP', 'ENOTDIR')) return null;
    throw error;
  }
}
