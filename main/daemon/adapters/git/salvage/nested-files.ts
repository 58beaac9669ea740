import { ok, type Result } from '../../../../../contract/result.ts';
import { type BytePath, joinBytePath } from '../byte-path.ts';
import type { GitFailure } from '../git-failure.ts';
import { EMPTY_INDEX, GITLINK_MODE, type IndexFile, readIndexFile } from '../index-file.ts';
import { objectIdBytesOf } from '../object-format.ts';
import { pathOfText, textOfPath } from '../path-text.ts';
import { editIndex } from '../stage-files.ts';
import { NOTHING_BROUGHT } from '../worktree-memory.ts';
import { type CommittedWork, captureSite, commitWork, type WorkSite } from './capture-work.ts';
import type { GitDirectory } from './git-directory.ts';
import type { NestedPlan, NestedRoom } from './nested-room.ts';
import { type NestedWork, NO_NESTED } from './nested-work.ts';
import type { NotSaved, Salvage } from './salvage-result.ts';
import { indexesOf } from './save-rest.ts';

/** Where repositories were found. */
export interface NestedPlace {
  /** The folder whose survey found them. */
  readonly root: string;
  /** The path of `root` below the worktree. */
  readonly prefix: BytePath;
  readonly folders: readonly BytePath[];
  /** What the index of `root` says of submodules, and of all else. */
  readonly index: IndexFile;
}

/** Saves the repositories further in. */
export type SaveInner = (place: NestedPlace) => Promise<NestedWork>;

/** One repository below the worktree. */
export interface NestedSubject {
  readonly path: BytePath;
  /** Of a submodule: the commit that the repository around it records. */
  readonly recorded: string | null;
  readonly dir: GitDirectory;
  readonly nested: NestedRoom;
}

export interface NestedFiles {
  /** Null when the files are not there. */
  readonly committed: CommittedWork | null;
  readonly inner: NestedWork;
  readonly notSaved: readonly NotSaved[];
  readonly cachesListed: Salvage['cachesListed'];
  /** What the room's index held before and holds now. */
  readonly indexes: readonly IndexFile[];
}

const NO_FILES: NestedFiles = { committed: null, inner: NO_NESTED, notSaved: [], cachesListed: [], indexes: [] };

/** Nothing is known of how its files were: each is looked at. */
const UNKNOWN = { doubtMs: 0, brought: NOTHING_BROUGHT } as const;

/** Commits the files of a repository, after the repositories below it are saved. */
export async function saveNestedFiles(
  plan: NestedPlan,
  subject: NestedSubject & { readonly head: string | null },
  saveInner: SaveInner,
): Promise<Result<NestedFiles, GitFailure>> {
  const { dir, nested, path, head } = subject;
  if (dir.files === null) return ok(NO_FILES);
  const before = await readHeadIndex(subject);
  if (!before.ok) return before;
  const site: WorkSite = { ...plan, ...nested, ...dir, root: dir.files, before: before.value, ...UNKNOWN };
  const capture = await captureSite(site);
  if (!capture.ok) return capture;
  const folders = capture.value.nested.filter((folder) => folder !== '');
  const index = isOfTheBase(subject) ? site.before : EMPTY_INDEX;
  const inner = await saveInner({ root: site.root, prefix: path, folders, index });
  const recorded = await recordHeads(site, inner.heads);
  if (!recorded.ok) return recorded;
  const findUntouched = () => Promise.resolve(ok(new Map()));
  const how = { ...plan, base: head, head, kind: 'tree', ignoredKind: 'ignored', findUntouched } as const;
  const committed = await commitWork(site, capture.value, how);
  if (!committed.ok) return committed;
  return ok({
    committed: committed.value,
    inner,
    notSaved: relocate(committed.value.notSaved, path),
    cachesListed: relocate(committed.value.cachesListed, path),
    indexes: indexesOf(site, committed.value),
  });
}

/**
 * Where the base leads to a repository, its remote has it and what it records in turn. What an agent's own commit records
 * of a clone in a clone, `git add` put there, and nobody else need have it.
 */
const isOfTheBase = ({ recorded, head }: { readonly recorded: string | null; readonly head: string | null }): boolean =>
  recorded !== null && recorded === head;

/** HEAD's files with no times: each is read again, whatever the repository's own index says of it. */
async function readHeadIndex({
  dir,
  nested,
  head,
}: Pick<NestedSubject, 'dir' | 'nested'> & { readonly head: string | null }): Promise<Result<IndexFile, GitFailure>> {
  if (head === null) return ok(EMPTY_INDEX);
  const read = await nested.room.runApart({ args: ['read-tree', head] });
  if (!read.ok) return read;
  return ok((await readIndexFile(nested.room.indexFile, objectIdBytesOf(dir.objectFormat))) ?? EMPTY_INDEX);
}

/** Only where there is a submodule already: a repository that somebody merely put there is not made one. */
export const recordHeads = (
  { room, before }: WorkSite,
  heads: ReadonlyMap<BytePath, string>,
): Promise<Result<void, GitFailure>> =>
  editIndex(
    room,
    [...heads].flatMap(([path, objectId]) => {
      const entry = before.entries.get(path);
      const isMoved = entry?.stamp.mode === GITLINK_MODE && entry.objectId !== objectId;
      return isMoved ? [{ path, mode: GITLINK_MODE, objectId }] : [];
    }),
  );

export const joinPaths = (prefix: BytePath, folder: BytePath): BytePath =>
  folder === '' ? prefix : joinBytePath(prefix, folder);

const relocate = <T extends { readonly path: string }>(entries: readonly T[], folder: BytePath): readonly T[] =>
  entries.map((entry) => ({ ...entry, path: textOfPath(joinPaths(folder, pathOfText(entry.path))) }));
