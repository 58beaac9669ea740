import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../../contract/result.ts';
import { type CleanRoom, openCleanRoom } from '../clean-room.ts';
import { makeGateway } from '../gateway.ts';
import type { GitFailure } from '../git-failure.ts';
import { readRegularFile, readRegularText } from '../read-regular-file.ts';
import { type Repository, runInRepository } from '../repository.ts';
import type { GitDirectory } from './git-directory.ts';
import type { RunOnRefs } from './lost-commits.ts';
import type { SalvageLimits } from './salvage-result.ts';

export interface NestedPlan {
  readonly repository: Repository;
  /** An existing folder, for bundles. */
  readonly directory: string;
  readonly subject: string;
  readonly atMs: number;
  readonly limits: SalvageLimits;
  readonly signal?: AbortSignal | undefined;
}

export type RefMap = ReadonlyMap<string, string>;

/** A room that sees the objects and the refs of a repository below the worktree, and writes objects of its own. */
export interface NestedRoom {
  readonly room: CleanRoom;
  /** Its refs; none for a further worktree of the repository itself, where `run` sees them. */
  readonly refs: RefMap;
  readonly run: RunOnRefs;
  /** A further worktree of the repository itself: what is committed there needs a ref and no bundle. */
  readonly isOwn: boolean;
  readonly shallowFile: string | null;
}

export async function openNestedRoom(plan: NestedPlan, dir: GitDirectory): Promise<Result<NestedRoom, GitFailure>> {
  const { repository, signal } = plan;
  const isOwn = dir.realCommonDir === repository.commonDir;
  const refs = isOwn ? ok(new Map<string, string>()) : await listRefs(plan, dir);
  if (!refs.ok) return refs;
  const shallowFile = await findShallowFile(dir);
  const room = openCleanRoom(repository.git, {
    parent: dir.workshop,
    worktree: dir.files ?? dir.workshop,
    objects: isOwn
      ? { directory: repository.objectsDir }
      : { directory: join(dir.workshop, 'objects'), alternates: [join(dir.commonDir, 'objects')] },
    objectFormat: dir.objectFormat,
    head: null,
    conversion: 'raw',
    exclude: await readRegularText(join(dir.commonDir, 'info/exclude')),
    shallowFile,
    index: null,
    signal,
  });
  await giveRefs(room, refs.value);
  const run: RunOnRefs = isOwn ? (command) => runInRepository(repository, { ...command, signal }) : room.runApart;
  return ok({ room, refs: refs.value, run, isOwn, shallowFile });
}

/** The one command that sees the settings of a repository that is not ours. It starts no program that they could name. */
async function listRefs(
  { repository, signal }: NestedPlan,
  { commonDir, workshop }: GitDirectory,
): Promise<Result<RefMap, GitFailure>> {
  const gatewayDir = makeGateway(join(workshop, 'gateway'), commonDir);
  const listed = await repository.git({
    args: ['for-each-ref', '--format=%(objectname) %(refname)'],
    cwd: workshop,
    env: { GIT_DIR: gatewayDir, GIT_COMMON_DIR: commonDir, GIT_WORK_TREE: workshop },
    signal,
  });
  if (!listed.ok) return listed;
  const lines = listed.value.stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
  return ok(new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))])));
}

async function findShallowFile({ commonDir }: GitDirectory): Promise<string | null> {
  const file = join(commonDir, 'shallow');
  const bytes = await readRegularFile(file);
  return bytes === null || bytes.length === 0 ? null : file;
}

/** Replaces the refs of a room. */
export async function giveRefs({ directory, ready }: CleanRoom, refs: RefMap): Promise<void> {
  ready();
  const lines = [...refs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, id]) => `${id} ${name}\n`);
  await writeFile(join(directory, 'packed-refs'), lines.join(''), 'latin1');
}
