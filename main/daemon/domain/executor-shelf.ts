import { ExecutorProfile } from '../../../contract/executor-profile.ts';

/** Where a profile comes from: ours without a file, a file that comes with the program, or one of the repository. */
export type ProfileSource =
  | { readonly kind: 'built in'; readonly file: null }
  | { readonly kind: 'shipped' | 'repository'; readonly file: string };

export interface UsableExecutor {
  readonly name: string;
  readonly source: ProfileSource;
  readonly profile: ExecutorProfile;
  /** SHA-256 of the profile as it was read. */
  readonly profileHash: string;
  readonly problems: readonly [];
}

/** A file that cannot be used. It stands in the way of whatever else has its name. */
export interface BrokenExecutor {
  readonly name: string;
  readonly source: ProfileSource;
  readonly profile: null;
  /** A sentence each, with file, line and key. */
  readonly problems: readonly [string, ...string[]];
}

export type ListedExecutor = UsableExecutor | BrokenExecutor;

/** Every executor that a task may name. */
export interface ExecutorShelf {
  readonly executors: ReadonlyMap<string, ListedExecutor>;
  /** Why a folder of profiles could not be read. */
  readonly problems: readonly string[];
}

/** Names that mean the same everywhere and that no file takes. */
export const BUILT_IN_PROFILES: readonly ExecutorProfile[] = [
  ExecutorProfile.parse({
    name: 'simulation',
    description: 'does what the task lists and runs no program',
    agent: 'simulation',
    transport: 'none',
  }),
  ExecutorProfile.parse({
    name: 'command',
    description: 'runs the steps of the recipe in the task, and never its goal',
    agent: 'command',
    transport: 'recipe',
  }),
];

/** Whose program an executor stands for; of one that cannot be used, or is unknown, the name is all that is known. */
export const agentOf = ({ executors }: ExecutorShelf, name: string): string =>
  executors.get(name)?.profile?.agent ?? name;
