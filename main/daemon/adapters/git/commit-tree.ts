import { ok, type Result } from '../../../../contract/result.ts';
import type { CleanRoom } from './clean-room.ts';
import type { GitFailure } from './git-failure.ts';
import type { GitOutput } from './git-runner.ts';

/** What a commit of ours holds, as its trailer says. */
export type CommitKind = 'tree' | 'ignored' | 'validations' | 'later' | 'index';

const KIND_TRAILER = 'Codencer-Salvage';

export interface CommitRequest {
  readonly tree: string;
  readonly parent: string | null;
  readonly kind: CommitKind;
  /** What the commit belongs to, for people: the name of the ref. */
  readonly subject: string;
  readonly atMs: number;
}

const SUBJECTS: Readonly<Record<CommitKind, string>> = {
  tree: 'tracked and untracked files',
  ignored: 'ignored files',
  validations: 'what validations changed',
  later: 'what changed after the first salvage',
  index: 'what was staged only',
};

export async function commitTree(
  room: CleanRoom,
  { tree, parent, kind, subject, atMs }: CommitRequest,
): Promise<Result<string, GitFailure>> {
  const date = `@${Math.floor(atMs / 1000)} +0000`;
  const committed = await room.runApart({
    args: ['commit-tree', ...(parent === null ? [] : ['-p', parent]), '-F', '-', tree],
    input: `codencer: ${SUBJECTS[kind]}\n\nOf ${subject}\n\n${KIND_TRAILER}: ${kind}\n`,
    env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  });
  return lineOf(committed);
}

export const writeTree = async (
  room: CleanRoom,
  env: Readonly<Record<string, string>> = {},
): Promise<Result<string, GitFailure>> => lineOf(await room.runApart({ args: ['write-tree'], env }));

/** The one line that a command printed. */
export const lineOf = (output: Result<GitOutput, GitFailure>): Result<string, GitFailure> =>
  output.ok ? ok(output.value.stdout.toString().trim()) : output;
