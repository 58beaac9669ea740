import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Result } from '../../../../contract/result.ts';
import type { GitFailure } from './git-failure.ts';
import type { GitCommand, GitOutput, RunGit } from './git-runner.ts';
import type { ObjectFormat } from './object-format.ts';
import { removeTree } from './remove-tree.ts';

/**
 * A git directory of our own, made for one piece of work and removed after it. Commands in it see the objects of the
 * repository and the files of the worktree, and no file of configuration, attributes, hooks or refs that anybody else
 * could have written. Nothing planted in a repository can run in it or redirect it.
 */
export interface CleanRoom {
  readonly directory: string;
  readonly indexFile: string;
  /** Makes the folder now, for whoever wants to put a file in it. */
  readonly ready: () => void;
  readonly isUsed: () => boolean;
  /** Runs git with the worktree as its folder. */
  readonly run: (command: RoomCommand) => Promise<Result<GitOutput, GitFailure>>;
  /** Runs git in the room's own folder: what needs no worktree, so that the worktree's attributes are not read. */
  readonly runApart: (command: RoomCommand) => Promise<Result<GitOutput, GitFailure>>;
  readonly dispose: () => Promise<void>;
}

export type RoomCommand = Pick<GitCommand, 'args' | 'config' | 'input' | 'okExitCodes' | 'env'>;

export interface RoomPlan {
  /** The folder in which the room is made. */
  readonly parent: string;
  readonly worktree: string;
  readonly objects: ObjectStore;
  readonly objectFormat: ObjectFormat;
  /** A commit, or null for a repository that has none. */
  readonly head: string | null;
  /** `recorded`: attributes of the tree convert line ends. `raw`: no attribute counts, bytes stay as they are. */
  readonly conversion: 'recorded' | 'raw';
  /** Patterns of ignored files that do not stand in a `.gitignore`. */
  readonly exclude: string;
  /** The boundary of a shallow clone, if it is one. */
  readonly shallowFile: string | null;
  /** An index to begin with. */
  readonly index: Uint8Array | null;
  readonly signal?: AbortSignal | undefined;
}

export interface ObjectStore {
  /** Where objects are read and written. */
  readonly directory: string;
  /** Where objects are only read. */
  readonly alternates?: readonly string[];
}

/**
 * `!` and not `-` where git takes "unset" for a value: `-working-tree-encoding` is an error and `-diff` makes every
 * file binary. Attributes in `info/attributes` outrank those of the tree.
 */
const RAW_ATTRIBUTES = '* -text -ident -filter -crlf !eol !working-tree-encoding !diff !merge !whitespace\n';

/** Nothing is written before the room is used: most looks at a worktree find that there is nothing to do. */
export function openCleanRoom(git: RunGit, plan: RoomPlan): CleanRoom {
  const directory = join(plan.parent, `room-${randomUUID()}`);
  const indexFile = join(directory, 'index');
  const env = environmentOf(plan, { directory, indexFile });
  let isReady = false;
  const ready = (): void => {
    if (!isReady) furnish(directory, plan);
    isReady = true;
  };
  const runIn = (cwd: string) => (command: RoomCommand) => {
    ready();
    return git({ ...command, cwd, env: { ...env, GIT_WORK_TREE: cwd, ...command.env }, signal: plan.signal });
  };
  return {
    directory,
    indexFile,
    ready,
    isUsed: () => isReady,
    run: runIn(plan.worktree),
    runApart: runIn(directory),
    dispose: async () => (isReady ? removeTree(directory) : undefined),
  };
}

/** A dozen small files: synchronous calls take a fraction of a millisecond for them. */
function furnish(directory: string, plan: RoomPlan): void {
  mkdirSync(plan.parent, { recursive: true, mode: 0o700 });
  mkdirSync(directory, { mode: 0o700 });
  for (const name of ['objects', 'refs', 'info']) mkdirSync(join(directory, name));
  writeFileSync(join(directory, 'HEAD'), plan.head === null ? 'ref: refs/heads/main\n' : `${plan.head}\n`);
  writeFileSync(join(directory, 'config'), configOf(plan.objectFormat));
  writeFileSync(join(directory, 'info/exclude'), plan.exclude);
  if (plan.conversion === 'raw') writeFileSync(join(directory, 'info/attributes'), RAW_ATTRIBUTES);
  if (plan.shallowFile !== null) copyFileSync(plan.shallowFile, join(directory, 'shallow'));
  if (plan.index !== null) writeFileSync(join(directory, 'index'), plan.index);
}

/**
 * Objects are synced before a ref names them: after the worktree is gone they are the only copy. Line ends of
 * `text=auto` files are LF on every system, so that the same commit is the same bytes everywhere.
 */
function configOf(format: ObjectFormat): string {
  const isWindows = process.platform === 'win32';
  return [
    '[core]',
    `repositoryFormatVersion = ${format === 'sha256' ? 1 : 0}`,
    'fsync = loose-object,reference',
    'fsyncMethod = batch',
    'eol = lf',
    'autocrlf = false',
    `fileMode = ${!isWindows}`,
    `longPaths = ${isWindows}`,
    ...(format === 'sha256' ? ['[extensions]', 'objectFormat = sha256'] : []),
    '',
  ].join('\n');
}

function environmentOf(
  plan: RoomPlan,
  { directory, indexFile }: { readonly directory: string; readonly indexFile: string },
): Readonly<Record<string, string>> {
  const alternates = plan.objects.alternates ?? [];
  return {
    GIT_DIR: directory,
    GIT_INDEX_FILE: indexFile,
    GIT_OBJECT_DIRECTORY: plan.objects.directory,
    ...(alternates.length === 0
      ? {}
      : { GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates.map(quoteAlternate).join(delimiter) }),
  };
}

/** A path with a separator in it is quoted as in C. */
const quoteAlternate = (path: string): string =>
  path.includes(delimiter) || path.startsWith('"') ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
