import type { SalvageRecord } from '../../contract/records.ts';
import { pathOfText } from '../../main/daemon/adapters/git/path-text.ts';
import { commitsOfRefs, openBundle, type Snapshot, snapshotOf, treeOf } from './git-evidence.ts';
import { plainGit } from './git-sandbox.ts';
import type { MadeWork } from './planned-work.ts';

/** What can be read of a repository by its refs. Good for many attempts, as long as no ref changes. */
export interface RefContent {
  readonly commits: ReadonlySet<string>;
  /** Ids of everything that a ref reaches, as git prints them. */
  readonly objects: string;
}

export const contentOfRefs = (repositoryRoot: string): RefContent => ({
  commits: commitsOfRefs(repositoryRoot),
  objects: plainGit(repositoryRoot, ['rev-list', '--objects', '--all']),
});

/** The same of some refs only. */
export const contentOf = (repositoryRoot: string, refs: readonly string[]): RefContent => {
  const lines = plainGit(repositoryRoot, ['rev-list', '--no-object-names', '--objects', ...refs, '--']);
  return { commits: new Set(lines.split('\n')), objects: lines };
};

export interface KeptWork {
  readonly repositoryRoot: string;
  readonly content: RefContent;
  readonly baseCommit: string | null;
  readonly salvage: SalvageRecord;
  /** A folder for what is unpacked. */
  readonly scratch: string;
}

/** What a program says that it has made and that is neither in a ref, nor in a bundle, nor in the kept worktree. */
export function findMissing(made: MadeWork, kept: KeptWork): readonly string[] {
  const bundles = openBundles(kept);
  const hasCommit = (id: string): boolean =>
    kept.content.commits.has(id) || bundles.some(({ commits }) => commits.has(id));
  return [
    ...[...made.files].filter(isNowhere(kept, bundles)).map(([path, state]) => `the file ${path} (${state})`),
    ...made.commits.filter(({ id }) => !hasCommit(id)).map(({ id, folder }) => `the commit ${id} of ${folder}`),
    ...made.blobs.filter((blob) => !kept.content.objects.includes(blob)).map((blob) => `the staged content ${blob}`),
  ];
}

type OpenedBundle = SalvageRecord['bundles'][number] & {
  readonly repository: string;
  readonly commits: ReadonlySet<string>;
};

const openBundles = ({ salvage, scratch }: KeptWork): readonly OpenedBundle[] =>
  salvage.bundles.map((bundle) => {
    const repository = openBundle({ ...bundle, fingerprint: '' }, scratch);
    return { ...bundle, repository, commits: commitsOfRefs(repository) };
  });

function isNowhere({ salvage, ...where }: KeptWork, bundles: readonly OpenedBundle[]) {
  const saved = savedFiles({ salvage, ...where }, bundles);
  const kept = salvage.keptWorktree === null ? new Map<string, string>() : snapshotOf(salvage.keptWorktree);
  return ([path, state]: readonly [string, string]): boolean =>
    !saved.some((snapshot) => snapshot.get(path) === state) &&
    !isBelow(salvage.cachesListed, path) &&
    !(isBelow(salvage.notSaved, path) && kept.get(path) === state);
}

/** The files of each commit and each bundle that the record names. */
function savedFiles(
  { repositoryRoot, baseCommit, salvage }: Omit<KeptWork, 'content' | 'scratch'>,
  bundles: readonly OpenedBundle[],
): readonly Snapshot[] {
  const work = salvage.refs.find(({ holds }) => holds === 'work')?.name ?? baseCommit;
  const commits = [work, salvage.treeCommit, salvage.ignoredCommit].filter((commit) => commit !== null);
  const inBundles = bundles.flatMap(({ path, start, repository }) =>
    start === null
      ? []
      : [new Map([...treeOf(repository, start)].map(([name, state]) => [`${pathOfText(path)}/${name}`, state]))],
  );
  return [...commits.map((commit) => treeOf(repositoryRoot, commit)), ...inBundles];
}

const isBelow = (entries: readonly { readonly path: string }[], path: string): boolean =>
  entries.map((entry) => pathOfText(entry.path)).some((entry) => path === entry || path.startsWith(`${entry}/`));
