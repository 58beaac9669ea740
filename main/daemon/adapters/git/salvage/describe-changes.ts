import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import type { BytePath } from '../byte-path.ts';
import type { CleanRoom } from '../clean-room.ts';
import { splitZero } from '../find-ignored.ts';
import type { GitFailure } from '../git-failure.ts';
import { EMPTY_INDEX, type IndexFile } from '../index-file.ts';
import { textOfPath } from '../path-text.ts';
import type { ChangedFile } from './salvage-result.ts';

const CHANGED_FILES_VERSION = 1;
/** Half the lines in common make a rename; more candidates than this are not compared with each other. */
const RENAMES = ['--find-renames=50%', '-l1000'] as const;

const LIST = ['diff-tree', '-r', '-z', '--raw', '--numstat', '--no-abbrev', '--no-ext-diff', '--no-textconv'] as const;
const PATCH = [
  'diff-tree',
  '-r',
  '-p',
  '--binary',
  '--full-index',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--submodule=short',
] as const;

export interface Change {
  readonly from: string;
  readonly to: string;
}

/** The files that differ between two commits, in the order of their paths. An index tells the sizes of what it holds. */
export async function listChanges(
  room: CleanRoom,
  { from, to }: Change,
  index: IndexFile = EMPTY_INDEX,
): Promise<Result<readonly ChangedFile[], GitFailure>> {
  const compared = await room.runApart({ args: [...LIST, ...RENAMES, from, to] });
  if (!compared.ok) return compared;
  const changes = parseChanges(splitZero(compared.value.stdout));
  const known = sizesIn(index, changes);
  const sizes = await readSizes(
    room,
    changes.filter(({ newId }) => !known.has(newId)),
  );
  if (!sizes.ok) return sizes;
  const sizeOf = (id: string): number | null => known.get(id) ?? sizes.value.get(id) ?? null;
  return ok(changes.map(({ newId, bytePath: _, ...file }) => ({ ...file, sizeBytes: sizeOf(newId) })));
}

/** Bytes are committed as they are on disk. An entry that was made without a file says nothing of its size. */
function sizesIn(index: IndexFile, changes: readonly ParsedChange[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { bytePath, newId, newMode } of changes) {
    const entry = index.entries.get(bytePath);
    const isKnown = entry?.objectId === newId && newMode !== '160000' && entry.stamp.sizeBytes > 0;
    if (isKnown) sizes.set(newId, entry.stamp.sizeBytes);
  }
  return sizes;
}

/** Bytes as they are; `git apply --index` puts the change on the first commit again, binary files included. */
export async function writePatch(
  room: CleanRoom,
  { from, to }: Change,
  file: string,
): Promise<Result<string, GitFailure>> {
  const written = await room.runApart({ args: [...PATCH, ...RENAMES, `--output=${file}`, from, to] });
  return written.ok ? ok(file) : written;
}

export async function writeChangedFiles(
  directory: string,
  change: { readonly base: string; readonly commit: string | null; readonly files: readonly ChangedFile[] },
): Promise<string> {
  const file = join(directory, 'changed-files.json');
  await writeFile(file, `${JSON.stringify({ version: CHANGED_FILES_VERSION, ...change }, null, 2)}\n`);
  return file;
}

type ParsedChange = Omit<ChangedFile, 'sizeBytes'> & { readonly newId: string; readonly bytePath: BytePath };

/** Records of `--raw` and then, in the same order, those of `--numstat`. */
function parseChanges(tokens: readonly string[]): readonly ParsedChange[] {
  const raws: string[][] = [];
  const counts: string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? '';
    const isRaw = token.startsWith(':');
    const pathCount = isRaw ? (/ R\d+$/.test(token) ? 2 : 1) : token.endsWith('\t') ? 2 : 0;
    if (isRaw) raws.push([token, ...tokens.slice(at + 1, at + 1 + pathCount)]);
    else counts.push(token);
    at += 1 + pathCount;
  }
  return raws.map((raw, index) => parseChange(raw, counts[index] ?? ''));
}

function parseChange([header = '', first = '', second]: readonly string[], count: string): ParsedChange {
  const [oldMode = '', newMode = '', , newId = '', letter = ''] = header.slice(1).split(' ');
  const [additions = '', deletions = ''] = count.split('\t');
  const isBinary = additions === '-';
  return {
    path: textOfPath(second ?? first),
    ...(second === undefined ? {} : { oldPath: textOfPath(first) }),
    status: statusOf(letter),
    oldMode,
    newMode,
    additions: isBinary ? null : Number(additions),
    deletions: isBinary ? null : Number(deletions),
    isBinary,
    newId,
    bytePath: second ?? first,
  };
}

function statusOf(letter: string): ChangedFile['status'] {
  switch (letter[0]) {
    case 'A':
      return 'added';
    case 'D':
      return 'deleted';
    case 'R':
      return 'renamed';
    case 'T':
      return 'type-changed';
    default:
      return 'modified';
  }
}

async function readSizes(
  room: CleanRoom,
  changes: readonly ParsedChange[],
): Promise<Result<ReadonlyMap<string, number>, GitFailure>> {
  const ids = new Set(
    changes.filter(({ newMode }) => newMode.startsWith('1') && newMode !== '160000').map(({ newId }) => newId),
  );
  if (ids.size === 0) return ok(new Map());
  const asked = await room.runApart({
    args: ['cat-file', '--batch-check=%(objectname) %(objectsize)'],
    input: [...ids].map((id) => `${id}\n`).join(''),
  });
  if (!asked.ok) return err(asked.error);
  const lines = asked.value.stdout
    .toString('latin1')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
  return ok(new Map(lines.map(([id = '', size = '']) => [id, Number(size)])));
}
