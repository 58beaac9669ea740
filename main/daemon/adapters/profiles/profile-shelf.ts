import { createHash } from 'node:crypto';
import type { ExecutorProfile } from '../../../../contract/executor-profile.ts';
import { subjectText } from '../../domain/digest-subject.ts';
import {
  type BrokenExecutor,
  BUILT_IN_PROFILES,
  type ExecutorShelf,
  type ListedExecutor,
  type ProfileSource,
  type UsableExecutor,
} from '../../domain/executor-shelf.ts';
import type { ProfileFile, ProfileReader } from './profile-folder.ts';

export interface ProfileFolders {
  readonly shipped: ProfileReader;
  readonly repository: ProfileReader;
}

/**
 * What a task may name now. A file of the repository comes before a shipped one of its name, also when it is broken. The
 * answer is the same object as long as no file has changed.
 */
export function createShelf({ shipped, repository }: ProfileFolders): () => ExecutorShelf {
  let sources: readonly Read[] = [];
  let shelf: ExecutorShelf | null = null;
  return () => {
    const now = [shipped.read(), repository.read()].map((read) => (read.ok ? read.value : read.error));
    const isSame = now.every((read, at) => read === sources[at]);
    sources = now;
    if (shelf === null || !isSame) shelf = arrange(now);
    return shelf;
  };
}

/** Files, or why there are none. */
type Read = readonly ProfileFile[] | string;

function arrange([shipped = [], repository = []]: readonly Read[]): ExecutorShelf {
  const executors = new Map<string, ListedExecutor>();
  for (const profile of BUILT_IN_PROFILES) {
    executors.set(profile.name, usable(profile, { kind: 'built in', file: null }));
  }
  for (const listed of listFiles('shipped', shipped)) executors.set(listed.name, listed);
  for (const listed of listFiles('repository', repository)) executors.set(listed.name, listed);
  return { executors, problems: [shipped, repository].filter((read) => typeof read === 'string') };
}

function listFiles(kind: 'shipped' | 'repository', files: Read): readonly ListedExecutor[] {
  if (typeof files === 'string') return [];
  const byName = Map.groupBy(files, ({ profile }) => (profile.ok ? profile.value.name : profile.error.name));
  return [...byName].map(([name, same]) => listName(kind, name, same));
}

function listName(kind: 'shipped' | 'repository', name: string, files: readonly ProfileFile[]): ListedExecutor {
  const [first] = files;
  const source: ProfileSource = { kind, file: first?.file ?? '' };
  if (first !== undefined && files.length === 1 && first.profile.ok) return usable(first.profile.value, source);
  const said = files.flatMap(({ profile }) => (profile.ok ? [] : profile.error.problems));
  const several = `${files.map(({ file }) => file).join(' and ')} have the same name: ${name}`;
  return broken(name, source, files.length > 1 ? [...said, several] : said);
}

const usable = (profile: ExecutorProfile, source: ProfileSource): UsableExecutor => ({
  name: profile.name,
  source,
  profile,
  profileHash: hashProfile(profile),
  problems: [],
});

const broken = (
  name: string,
  source: ProfileSource,
  [first = 'it cannot be read', ...rest]: readonly string[],
): BrokenExecutor => ({ name, source, profile: null, problems: [first, ...rest] });

/** The same profile has the same hash, in whatever order and with whatever comments it was written. */
export const hashProfile = (profile: ExecutorProfile): string =>
  createHash('sha256').update(subjectText(profile)).digest('hex');
