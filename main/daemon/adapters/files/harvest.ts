import { chmodSync, fchmodSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactType } from '../../../../contract/records.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { Redactor } from '../../domain/redaction/redactor.ts';
import { artifactTypeOf } from './artifact-type.ts';
import { type FileProblem, refuseFile, tryFile } from './file-problem.ts';
import { hashFile } from './hash-file.ts';
import { inParallel } from './in-parallel.ts';
import { listFiles, type SkippedFile } from './list-files.ts';
import { mediaTypeOf } from './media-type.ts';
import { type OpenedFile, openArtifactFile } from './open-artifact-file.ts';
import { syncFolder } from './sync-folder.ts';

export interface HarvestedFile {
  /** Relative to the folder, `/`-separated. */
  readonly name: string;
  readonly path: string;
  readonly type: ArtifactType;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly containsSecret: boolean;
}

export interface Harvest {
  readonly files: readonly HarvestedFile[];
  /** What lies in the folder and is no artifact: links, pipes, names that are not UTF-8, files that could not be read. */
  readonly skipped: readonly SkippedFile[];
}

export interface HarvestOrder {
  readonly folder: string;
  /** Looks for secrets in files that did not go through a redactor when they were written. */
  readonly createScanner?: () => Redactor;
  /** Files that belong to another file and are no evidence of their own, such as the byte index of a log. */
  readonly isSidecar?: (name: string, names: ReadonlySet<string>) => boolean;
  readonly signal: AbortSignal;
}

/** Closes every file below an attempt's folder read-only, waits until it is on disk, and describes it. Safe to repeat. */
export async function harvest(order: HarvestOrder): Promise<Result<Harvest, FileProblem>> {
  const listed = await tryFile('list', order.folder, () => listFiles(order.folder));
  if (!listed.ok) return listed;
  const { skipped } = listed.value;
  const all = new Set(listed.value.names);
  const found = listed.value.names.filter((name) => order.isSidecar?.(name, all) !== true);
  const names = inOrderOfWorth(found).slice(0, MOST_FILES).sort();
  const results = await inParallel(names, FILES_AT_ONCE, async (name) => ({ name, result: await close(order, name) }));
  const synced = await tryFile('sync', order.folder, () => syncFolder(order.folder));
  if (!synced.ok) return synced;
  return ok({
    files: results.flatMap(({ result }) => (result.ok ? [result.value] : [])),
    skipped: [
      ...skipped,
      ...tooMany(found.length),
      ...results.flatMap(({ name, result }) => (result.ok ? [] : [{ name, reason: result.error.sentence }])),
    ],
  });
}

/** Each file costs a wait for the disk and a row: whoever makes more of them would hold his slot for minutes. */
const MOST_FILES = 1000;

/** What everybody looks for is never crowded out by other files. */
const inOrderOfWorth = (names: readonly string[]): readonly string[] => [
  ...names.filter((name) => artifactTypeOf(name) !== 'file'),
  ...names.filter((name) => artifactTypeOf(name) === 'file'),
];

const tooMany = (count: number): readonly SkippedFile[] =>
  count <= MOST_FILES
    ? []
    : [
        {
          name: `${count - MOST_FILES} files`,
          reason: `an attempt has at most ${MOST_FILES}; they stay where they are`,
        },
      ];

const FILES_AT_ONCE = 4;
const READ_ONLY = 0o444;
/** Written through the redactor, which took every secret out. */
const REDACTED: ReadonlySet<ArtifactType> = new Set(['stdout', 'stderr', 'validations']);
const REDACTED_NAMES: ReadonlySet<string> = new Set(['activity.jsonl', 'transcript.md']);

async function close(order: HarvestOrder, name: string): Promise<Result<HarvestedFile, FileProblem>> {
  const path = join(order.folder, name);
  const opened = await openReadable(order.folder, path);
  if (!opened.ok) return opened;
  try {
    const strange = strangenessOf(opened.value.stats);
    if (strange !== null) return err(refuseFile('keep', path, strange));
    return await tryFile('read', path, () => describe(opened.value, { ...order, name, path }));
  } finally {
    await opened.value.handle.close();
  }
}

const LARGE_BYTES = 1024 ** 3;
const BLOCK_BYTES = 512;

/** What is better left alone: to close somebody else's file, or to hash for hours what was never written. */
function strangenessOf({ nlink, size, blocks }: OpenedFile['stats']): string | null {
  if (nlink > 1) return 'it has a second name elsewhere';
  const isHole = size > LARGE_BYTES && blocks * BLOCK_BYTES * 1000 < size;
  return isHole ? `nearly all of its ${size} bytes are a hole` : null;
}

/** A program may have left a file that not even its owner may read. */
async function openReadable(folder: string, path: string): Promise<Result<OpenedFile, FileProblem>> {
  const opened = await openArtifactFile(folder, path);
  if (opened.ok || opened.error.kind !== 'denied') return opened;
  const permitted = await tryFile('make readable', path, async () => chmodSync(path, READ_ONLY));
  return permitted.ok ? openArtifactFile(folder, path) : permitted;
}

async function describe(
  { handle }: OpenedFile,
  { name, path, createScanner, signal }: HarvestOrder & { readonly name: string; readonly path: string },
): Promise<HarvestedFile> {
  const type = artifactTypeOf(name);
  const scanner = REDACTED.has(type) || REDACTED_NAMES.has(name) ? undefined : createScanner?.();
  fchmodSync(handle.fd, READ_ONLY);
  await handle.sync();
  const { head, sizeBytes, sha256 } = await hashFile(handle, signal, (chunk) => scanner?.push(chunk));
  scanner?.flush();
  const containsSecret = (scanner?.redactions() ?? 0) > 0;
  return { name, path, type, sizeBytes, sha256, mediaType: mediaTypeOf(name, head), containsSecret };
}
