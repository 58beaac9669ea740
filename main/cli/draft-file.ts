import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { err, ok, type Result } from '../../contract/result.ts';
import { fileProblem } from './file-problem.ts';

/** A whole file beside its place. Exactly one of the two is called. */
export interface Draft {
  readonly sizeBytes: number;
  /**
   * Gives it the name. What has the name already is left alone, a link that leads nowhere too, unless it is to be
   * overwritten; a link is replaced then, not followed.
   */
  readonly keep: (options: { readonly isOverwriting: boolean }) => Promise<Result<void, string>>;
  readonly drop: () => Promise<void>;
}

/** Writes a draft of the file at `path`, so that nobody ever sees half of it. Errors of `bytes` itself are thrown. */
export async function draftFile(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Result<Draft, string>> {
  const draftPath = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  const drop = () => rm(draftPath, { force: true });
  let isWhole = false;
  try {
    const size = await writeNew(draftPath, bytes);
    if (!size.ok) return err(fileProblem(path, size.error));
    isWhole = true;
    return ok({ sizeBytes: size.value, drop, keep: (options) => giveName(draftPath, { ...options, path }) });
  } finally {
    if (!isWhole) await drop();
  }
}

async function writeNew(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Result<number, unknown>> {
  const opened = await tried(open(path, 'wx', 0o644));
  if (!opened.ok) return opened;
  await using file = opened.value;
  let size = 0;
  for await (const chunk of bytes) {
    const written = await tried(writeWhole(file, chunk));
    if (!written.ok) return written;
    size += chunk.length;
  }
  const synced = await tried(file.sync());
  return synced.ok ? ok(size) : synced;
}

const writeWhole = (file: FileHandle, chunk: Uint8Array): Promise<void> => file.writeFile(chunk);

async function giveName(
  draftPath: string,
  { path, isOverwriting }: { readonly path: string; readonly isOverwriting: boolean },
): Promise<Result<void, string>> {
  const named = await tried(isOverwriting ? rename(draftPath, path) : nameNew(draftPath, path));
  await rm(draftPath, { force: true });
  if (named.ok) return named;
  return err(
    codeOf(named.error) === 'EEXIST'
      ? `${path} is there already; --force overwrites it`
      : fileProblem(path, named.error),
  );
}

/** A second name for the draft, which fails when somebody has it. Where a file system knows no links, an exclusive copy. */
async function nameNew(draftPath: string, path: string): Promise<void> {
  try {
    await link(draftPath, path);
  } catch (error) {
    if (!LINKLESS.has(codeOf(error))) throw error;
    await copyFile(draftPath, path, constants.COPYFILE_EXCL);
  }
}

const LINKLESS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

async function tried<T>(work: Promise<T>): Promise<Result<T, unknown>> {
  try {
    return ok(await work);
  } catch (error) {
    return err(error);
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
