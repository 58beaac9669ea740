import { ok, type Result } from '../../../../../contract/result.ts';
import type { GitFailure } from '../git-failure.ts';
import { findCommits, readAgentCommits } from './agent-commits.ts';
import type { CommittedWork } from './capture-work.ts';
import type { GitDirectory } from './git-directory.ts';
import { findLost } from './lost-commits.ts';
import { lostRefName, WORK_REF, writeBundle } from './nested-bundle.ts';
import { type NestedFiles, type NestedSubject, type SaveInner, saveNestedFiles } from './nested-files.ts';
import { type NestedPlan, type NestedRoom, openNestedRoom, type RefMap } from './nested-room.ts';
import { type NestedWork, placeOf } from './nested-work.ts';
import { objectIdsIn } from './object-ids-in.ts';
import type { SavedBundle } from './salvage-result.ts';
import { saveStagedContent } from './staged-content.ts';

/** One repository, with those below it. */
export type SavedRepository = Omit<NestedWork, 'heads'> & { readonly head: string | null };

type Found = Pick<NestedSubject, 'path' | 'recorded'>;

/** Saves one repository and disposes of what was made for looking at it. */
export async function saveRepository(
  plan: NestedPlan,
  { dir, saveInner, ...found }: Found & { readonly dir: GitDirectory; readonly saveInner: SaveInner },
): Promise<Result<SavedRepository, GitFailure>> {
  try {
    const nested = await openNestedRoom(plan, dir);
    return nested.ok ? await saveSubject(plan, { ...found, dir, nested: nested.value }, saveInner) : nested;
  } finally {
    await dir.dispose();
  }
}

async function saveSubject(
  plan: NestedPlan,
  subject: NestedSubject,
  saveInner: SaveInner,
): Promise<Result<SavedRepository, GitFailure>> {
  const { dir, nested } = subject;
  const agent = await readAgentCommits({ ...dir, base: null, run: nested.run });
  if (!agent.ok) return agent;
  const { head, headName, mentioned } = agent.value;
  const files = await saveNestedFiles(plan, { ...subject, head }, saveInner);
  if (!files.ok) return files;
  const others = await otherCommits(plan, { ...subject, head, files: files.value });
  if (!others.ok) return others;
  const commits = [...mentioned, ...others.value, ...(head === null ? [] : [head])];
  const content = { ...subject, head, headName, commits, files: files.value };
  return nested.isOwn ? ok(pinned(content)) : bundled(plan, content);
}

type Content = NestedSubject & {
  readonly head: string | null;
  readonly headName: string | null;
  /** Commits that its refs may not reach. */
  readonly commits: readonly string[];
  readonly files: NestedFiles;
};

/** Commits that only the common directory's reflogs name, and one with what is staged only. */
async function otherCommits(
  { subject, atMs }: NestedPlan,
  { dir, nested, head, files }: NestedSubject & { readonly head: string | null; readonly files: NestedFiles },
): Promise<Result<readonly string[], GitFailure>> {
  const ids = nested.isOwn ? [] : [...(await objectIdsIn(dir.commonDir, dir.objectFormat))];
  const found = await findCommits(nested.run, ids);
  if (!found.ok) return found;
  const question = { ...nested, ...dir, given: null, kept: files.indexes, head, subject, atMs };
  const staged = await saveStagedContent(question);
  if (!staged.ok) return staged;
  return ok([...found.value, staged.value].filter((commit) => commit !== null));
}

const outcomeOf = ({ dir, head, files }: Content): SavedRepository => ({
  ...files.inner,
  head,
  gitDirs: new Set([...files.inner.gitDirs, dir.realGitDir]),
  cachesListed: [...files.inner.cachesListed, ...files.cachesListed],
  notSaved: [...files.inner.notSaved, ...files.notSaved],
});

/** A further worktree of the repository itself: refs there keep everything. */
function pinned(content: Content): SavedRepository {
  const { inner, committed } = content.files;
  const top = topOf(committed);
  const [commit = content.head] = top;
  const here = commit === null ? [] : [{ path: placeOf(content.path), commit }];
  return {
    ...outcomeOf(content),
    unpinned: [...inner.unpinned, ...top, ...content.commits],
    innerWorktrees: [...inner.innerWorktrees, ...here],
  };
}

async function bundled(plan: NestedPlan, content: Content): Promise<Result<SavedRepository, GitFailure>> {
  const { nested, path, headName, files } = content;
  const top = topOf(files.committed);
  const lost = await findLost(nested.run, { commits: content.commits, keptBy: top, ignoring: null });
  const outcome = outcomeOf(content);
  if (top.length + lost.length === 0 && (await isAsRecorded(content))) return ok(outcome);
  const bundle = await writeBundle({
    ...nested,
    directory: plan.directory,
    path: placeOf(path),
    refs: refsFor(nested, top, lost),
    head: headName,
    content: [...treesOf(files.committed), ...lost, ...[...nested.refs].flat()],
  });
  if (!bundle.ok) return bundle;
  const here: readonly SavedBundle[] = bundle.value === null ? [] : [bundle.value];
  return ok({ ...outcome, bundles: [...outcome.bundles, ...here] });
}

/** The newest commit of ours, if there is one. */
function topOf(work: CommittedWork | null): readonly string[] {
  const top = work?.ignored ?? work?.files ?? null;
  return top === null ? [] : [top.commit];
}

const treesOf = (work: CommittedWork | null): readonly string[] =>
  [work?.files, work?.ignored].map((committed) => committed?.tree ?? '');

const refsFor = (nested: NestedRoom, top: readonly string[], lost: readonly string[]): RefMap =>
  new Map([
    ...nested.refs,
    ...top.map((commit) => [WORK_REF, commit] as const),
    ...lost.map((commit, index) => [lostRefName(index + 1), commit] as const),
  ]);

/** A submodule at its recorded commit, with nothing that its remote does not have, was not touched. */
async function isAsRecorded({ nested, recorded, head }: Content): Promise<boolean> {
  if (recorded === null || recorded !== head) return false;
  const own = await nested.run({ args: ['rev-list', '--max-count=1', '--all', '--not', '--remotes', recorded] });
  return own.ok && own.value.stdout.length === 0;
}
