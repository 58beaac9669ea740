import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../../contract/result.ts';
import type { BytePath } from '../byte-path.ts';
import type { CleanRoom } from '../clean-room.ts';
import { type CommitKind, commitTree, lineOf, writeTree } from '../commit-tree.ts';
import type { GitFailure } from '../git-failure.ts';
import { type IndexFile, readIndexFile } from '../index-file.ts';
import { editIndex, type Stage } from '../stage-files.ts';

export interface CommitPlan {
  readonly stage: Stage;
  /** The index before anything was staged, which is the content of `base`. */
  readonly before: IndexFile;
  /** Null where there was no commit. */
  readonly base: string | null;
  /** The commit to put the work on. */
  readonly head: string | null;
  readonly kind: CommitKind;
  readonly findUntouched: (after: IndexFile) => Promise<Result<Untouched, GitFailure>>;
  readonly subject: string;
  readonly atMs: number;
}

/** Files that are byte for byte as checked out, though these bytes are not their content in git; and that content. */
export type Untouched = ReadonlyMap<BytePath, string>;

const NONE_UNTOUCHED: Untouched = new Map();

/** A commit of ours, or the head itself where it holds the same. */
export interface Committed {
  readonly commit: string;
  readonly tree: string;
  readonly index: IndexFile;
}

/** Commits what the index holds on top of the head. Null when nothing differs from the base and the head is the base. */
export async function commitIndex(plan: CommitPlan): Promise<Result<Committed | null, GitFailure>> {
  const { stage, before, base, head } = plan;
  const after = (await readIndexFile(stage.room.indexFile, stage.objectIdBytes)) ?? before;
  if (head === base && hasSameContent(before, after, NONE_UNTOUCHED)) return ok(null);
  const untouched = await plan.findUntouched(after);
  if (!untouched.ok) return untouched;
  if (head === base && hasSameContent(before, after, untouched.value)) return ok(null);
  const tree = await writeTreeWithout(stage.room, after, untouched.value);
  if (!tree.ok) return tree;
  const headTree = head === null || head === base ? ok(null) : await treeOf(stage.room, head);
  if (!headTree.ok) return headTree;
  if (head !== null && headTree.value === tree.value) return ok({ commit: head, tree: tree.value, index: after });
  const commit = await commitTree(stage.room, { ...plan, tree: tree.value, parent: head });
  return commit.ok ? ok({ commit: commit.value, tree: tree.value, index: after }) : commit;
}

const treeOf = async (room: CleanRoom, commit: string): Promise<Result<string, GitFailure>> =>
  lineOf(await room.runApart({ args: ['rev-parse', '--verify', `${commit}^{tree}`] }));

function hasSameContent(before: IndexFile, after: IndexFile, untouched: Untouched): boolean {
  if (before === after) return true;
  if (before.entries.size !== after.entries.size) return false;
  return [...before.entries.values()].every(({ path, objectId, stamp }) => {
    const now = after.entries.get(path);
    if (now === undefined || now.stamp.mode !== stamp.mode) return false;
    return now.objectId === objectId || untouched.get(path) === objectId;
  });
}

/** Only the tree gets the content in git of untouched files: the index goes on to know their bytes. */
async function writeTreeWithout(
  room: CleanRoom,
  after: IndexFile,
  untouched: Untouched,
): Promise<Result<string, GitFailure>> {
  if (untouched.size === 0) return writeTree(room);
  const env = { GIT_INDEX_FILE: join(room.directory, 'tree-index') };
  await copyFile(room.indexFile, env.GIT_INDEX_FILE);
  const edits = [...untouched].flatMap(([path, objectId]) => {
    const now = after.entries.get(path);
    return now === undefined ? [] : [{ path, mode: now.stamp.mode, objectId }];
  });
  const edited = await editIndex(room, edits, env);
  return edited.ok ? writeTree(room, env) : edited;
}
