import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../../../../contract/result.ts';
import type { BytePath } from '../byte-path.ts';
import type { CleanRoom } from '../clean-room.ts';
import { commitTree, writeTree } from '../commit-tree.ts';
import { splitZero } from '../find-ignored.ts';
import type { GitFailure } from '../git-failure.ts';
import type { IndexFile } from '../index-file.ts';
import { readRegularFile } from '../read-regular-file.ts';
import { editIndex, type IndexEdit } from '../stage-files.ts';
import { sha256Of } from '../worktree-memory.ts';

export interface StagedQuestion {
  readonly room: CleanRoom;
  /** The git directory whose index the agent used. */
  readonly gitDir: string;
  /** SHA-256 of the index that the agent was given, if we know it. One that is still the same holds nothing new. */
  readonly given: string | null;
  /** Content that is kept in any case. */
  readonly kept: readonly IndexFile[];
  /** The agent's HEAD, whose content is kept as well. */
  readonly head: string | null;
  readonly subject: string;
  readonly atMs: number;
}

/** A commit with what is in the agent's index and nowhere else, or null when there is no such thing. */
export async function saveStagedContent(question: StagedQuestion): Promise<Result<string | null, GitFailure>> {
  if (await isAsGiven(question)) return ok(null);
  const staged = await readStaged(question);
  if (!staged.ok) return staged;
  const unique = await findUnique(question, staged.value);
  if (!unique.ok || !unique.value) return unique.ok ? ok(null) : unique;
  return commitStaged(question, staged.value);
}

async function isAsGiven({ gitDir, given }: StagedQuestion): Promise<boolean> {
  const index = await readRegularFile(join(gitDir, 'index'));
  if (index === null) return true;
  return given === sha256Of(index);
}

/** Every entry of a copy of the index; those of a conflict under names of their own. */
async function readStaged({ room, gitDir }: StagedQuestion): Promise<Result<readonly IndexEdit[], GitFailure>> {
  room.ready();
  const names = (await readdir(gitDir)).filter((name) => name === 'index' || name.startsWith('sharedindex.'));
  for (const name of names) {
    const bytes = await readRegularFile(join(gitDir, name));
    if (bytes !== null) await writeFile(join(room.directory, agentFile(name)), bytes);
  }
  const listed = await room.runApart({ args: ['ls-files', '-z', '--stage'], env: agentIndex(room) });
  return listed.ok ? ok(splitZero(listed.value.stdout).map(parseStaged)) : listed;
}

const agentFile = (name: string): string => (name === 'index' ? 'agent-index' : name);

const agentIndex = (room: CleanRoom) => ({ GIT_INDEX_FILE: join(room.directory, 'agent-index') });

function parseStaged(line: string): IndexEdit {
  const [mode = '', objectId = '', stage = '0'] = line.split(/[ \t]/, 3);
  const path: BytePath = line.slice(line.indexOf('\t') + 1);
  return { mode: Number.parseInt(mode, 8), objectId, path: stage === '0' ? path : `${path}.conflict-${stage}` };
}

const isFile = ({ mode }: IndexEdit): boolean => mode !== 0o160000;

async function findUnique(
  { room, kept, head }: StagedQuestion,
  staged: readonly IndexEdit[],
): Promise<Result<boolean, GitFailure>> {
  const known = new Set(kept.flatMap(({ entries }) => [...entries.values()].map(({ objectId }) => objectId)));
  const unknown = staged.filter((entry) => isFile(entry) && !known.has(entry.objectId));
  if (unknown.length === 0 || head === null) return ok(unknown.length > 0);
  const listed = await room.runApart({ args: ['ls-tree', '-r', '-z', head] });
  if (!listed.ok) return listed;
  const committed = new Set(splitZero(listed.value.stdout).map((line) => line.split(/[ \t]/)[2]));
  return ok(unknown.some(({ objectId }) => !committed.has(objectId)));
}

/** Content that an index names and the object store lacks is lost already; the rest is kept. */
async function commitStaged(
  { room, head, subject, atMs }: StagedQuestion,
  staged: readonly IndexEdit[],
): Promise<Result<string | null, GitFailure>> {
  const env = { GIT_INDEX_FILE: join(room.directory, 'staged-index') };
  const present = await findPresent(room, staged);
  if (!present.ok) return present;
  const edited = await editIndex(room, present.value, env);
  if (!edited.ok) return edited;
  const tree = await writeTree(room, env);
  return tree.ok ? commitTree(room, { tree: tree.value, parent: head, kind: 'index', subject, atMs }) : tree;
}

async function findPresent(
  room: CleanRoom,
  staged: readonly IndexEdit[],
): Promise<Result<readonly IndexEdit[], GitFailure>> {
  const checked = await room.runApart({
    args: ['cat-file', '--batch-check'],
    input: staged.map(({ objectId }) => `${objectId}\n`).join(''),
  });
  if (!checked.ok) return checked;
  const lines = checked.value.stdout.toString('latin1').split('\n');
  return ok(staged.filter((entry, index) => !isFile(entry) || lines[index]?.endsWith(' missing') === false));
}
