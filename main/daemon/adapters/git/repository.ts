import type { Result } from '../../../../contract/result.ts';
import { type CleanRoom, openCleanRoom, type RoomPlan } from './clean-room.ts';
import { keepGateway } from './gateway.ts';
import type { GitFailure } from './git-failure.ts';
import type { GitCommand, GitOutput, RunGit } from './git-runner.ts';
import type { ObjectFormat } from './object-format.ts';
import type { WorktreeMemory } from './worktree-memory.ts';

/** A repository that can be worked in, and what is true of it. Every path is absolute and has no links in it. */
export interface Repository {
  readonly git: RunGit;
  readonly root: string;
  /** The git directory of `root`: that of a linked worktree is not the common one. */
  readonly gitDir: string;
  readonly commonDir: string;
  readonly objectsDir: string;
  /** Where this adapter keeps what an agent has no business with. */
  readonly privateDir: string;
  /** Leads git to refs and worktrees (`gateway.ts`). */
  readonly gatewayDir: string;
  readonly objectFormat: ObjectFormat;
  readonly gitVersion: string;
  /** HEAD when the repository was opened. */
  readonly head: string;
  readonly isShallow: boolean;
  readonly isLinkedWorktree: boolean;
  readonly isPartialClone: boolean;
  readonly submodules: readonly string[];
  readonly usesLfs: boolean;
  /** Patterns of ignored files that do not stand in a `.gitignore`: the user's own, and those of `info/exclude`. */
  readonly excludes: string;
  /** `objects/info/alternates`: where objects may lie that are not written again. */
  readonly alternates: string;
  /** What this process knows of worktrees by itself. */
  readonly memory: WorktreeMemory;
  readonly warnings: readonly RepositoryWarning[];
}

/** What works, but not as somebody may expect. */
export interface RepositoryWarning {
  readonly code: 'dirty_tree' | 'shallow_clone' | 'partial_clone' | 'linked_worktree' | 'submodules' | 'lfs';
  readonly message: string;
}

export type RepositoryPlace = Pick<
  Repository,
  'git' | 'root' | 'gitDir' | 'commonDir' | 'objectsDir' | 'privateDir' | 'gatewayDir'
>;

export type RepositoryCommand = Omit<GitCommand, 'cwd' | 'readsUserSettings'>;

/**
 * Runs a command on refs or on the list of worktrees, the only ones that see the real git directory. Every path that a
 * planted `commondir` or `core.worktree` could bend is given here.
 */
export function runInRepository(
  place: RepositoryPlace,
  command: RepositoryCommand,
): Promise<Result<GitOutput, GitFailure>> {
  keepGateway(place.gatewayDir, place.commonDir);
  return runThroughGateway(place, command);
}

/** The same through a gateway that was made for this command alone. */
export const runThroughGateway = (
  { git, root, gatewayDir, commonDir, objectsDir }: RepositoryPlace,
  command: RepositoryCommand,
): Promise<Result<GitOutput, GitFailure>> =>
  git({
    ...command,
    cwd: root,
    env: {
      GIT_DIR: gatewayDir,
      GIT_COMMON_DIR: commonDir,
      GIT_OBJECT_DIRECTORY: objectsDir,
      GIT_WORK_TREE: root,
      ...command.env,
    },
  });

/** A room that sees this repository's objects. */
export const openRoom = (
  repository: RepositoryPlace & Pick<Repository, 'isShallow' | 'objectFormat'>,
  plan: Pick<RoomPlan, 'worktree' | 'head' | 'conversion' | 'exclude' | 'index' | 'signal'>,
): CleanRoom =>
  openCleanRoom(repository.git, {
    ...plan,
    parent: `${repository.privateDir}/rooms`,
    objects: { directory: repository.objectsDir },
    objectFormat: repository.objectFormat,
    shallowFile: repository.isShallow ? `${repository.commonDir}/shallow` : null,
  });
