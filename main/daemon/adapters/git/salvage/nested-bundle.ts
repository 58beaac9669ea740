import { createHash } from 'node:crypto';
import { copyFile, lstat, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../../contract/result.ts';
import type { CleanRoom } from '../clean-room.ts';
import { errorCodeOf } from '../error-code.ts';
import type { GitFailure } from '../git-failure.ts';
import { giveRefs, type RefMap } from './nested-room.ts';
import type { SavedBundle } from './salvage-result.ts';

/** Names that no repository has of its own. */
export const WORK_REF = 'refs/codencer-salvage/work';
export const lostRefName = (number: number): string => `refs/codencer-salvage/lost-${number}`;

export interface BundlePlan {
  readonly room: CleanRoom;
  /** The folder for bundles. */
  readonly directory: string;
  /** Of the repository, as text. */
  readonly path: string;
  /** Everything that the bundle shall hold. */
  readonly refs: RefMap;
  /** What HEAD says: a commit or a ref. */
  readonly head: string | null;
  /** Tells two contents apart where their commits differ in time only. */
  readonly content: readonly string[];
  readonly shallowFile: string | null;
}

/** Writes all refs of a room into one file. Null when there is nothing to write. */
export async function writeBundle(plan: BundlePlan): Promise<Result<SavedBundle | null, GitFailure>> {
  if (plan.refs.size === 0) return ok(null);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([plan.path, plan.head, plan.content]))
    .digest('hex');
  const file = join(plan.directory, `nested-${slugOf(plan.path)}-${fingerprint.slice(0, 12)}.bundle`);
  const shallowFile = plan.shallowFile === null ? null : `${file}.shallow`;
  const start = startOf(plan);
  const bundle: SavedBundle = { path: plan.path, file, shallowFile, start, fingerprint };
  if (await exists(file)) return ok(bundle);
  if (plan.shallowFile !== null && shallowFile !== null) await copyFile(plan.shallowFile, shallowFile);
  const made = await bundleTo(plan, `${file}.new`);
  if (!made.ok) return made;
  await rename(`${file}.new`, file);
  return ok(bundle);
}

/** A branch without a commit is no start. */
function startOf({ refs, head }: BundlePlan): string | null {
  if (refs.has(WORK_REF)) return WORK_REF;
  return head?.startsWith('refs/') && !refs.has(head) ? null : head;
}

async function bundleTo({ room, refs, head }: BundlePlan, file: string): Promise<Result<void, GitFailure>> {
  await giveRefs(room, refs);
  if (head !== null)
    await writeFile(join(room.directory, 'HEAD'), head.startsWith('refs/') ? `ref: ${head}\n` : `${head}\n`);
  const made = await room.runApart({ args: ['bundle', 'create', '--quiet', file, '--all'] });
  return made.ok ? ok(undefined) : made;
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

const SLUG_LENGTH = 40;

const slugOf = (path: string): string =>
  path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(-SLUG_LENGTH) || 'root';
