import { createHash } from 'node:crypto';
import { constants, fchmodSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createLineCounter, indexHeading, indexPathOf } from './log-index.ts';

/** What is known of a log's bytes. */
export interface LogFacts {
  readonly sizeBytes: number;
  /** With the last one, whether or not a newline ends it. */
  readonly lineCount: number;
  readonly sha256: string;
}

/** A log and its index on disk, open for appending. Every method rejects with the system's error. */
export interface LogFile {
  readonly sizeBytes: () => number;
  /** Counts and hashes exactly what reached the file, also when it rejects half-way. */
  readonly append: (bytes: Uint8Array) => Promise<void>;
  /** Makes the bytes durable and the files read-only. */
  readonly seal: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly facts: () => LogFacts;
}

const readOnly = 0o444;

/** Never opens a file that is there already, nor through a link. */
export async function createLogFile(path: string, clock: () => number): Promise<LogFile> {
  const log = await createFile(path);
  const counter = createLineCounter();
  const hash = createHash('sha256');
  let index: FileHandle | null = null;

  const account = async (bytes: Uint8Array) => {
    hash.update(bytes);
    const records = counter.count(bytes, clock());
    if (records.length === 0) return;
    index ??= await createIndex(path);
    await writeAll(index, records);
  };
  return {
    sizeBytes: counter.sizeBytes,
    append: async (bytes) => {
      for (let from = 0; from < bytes.length; ) {
        const { bytesWritten } = await log.write(bytes, from);
        await account(bytes.subarray(from, from + bytesWritten));
        from += bytesWritten;
      }
    },
    seal: async () => {
      for (const file of [index, log]) if (file !== null) fchmodSync(file.fd, readOnly);
      if (counter.sizeBytes() > 0) await log.datasync();
    },
    close: async () => {
      await Promise.all([log.close(), index?.close()]);
    },
    facts: () => ({
      sizeBytes: counter.sizeBytes(),
      lineCount: counter.lineCount(),
      sha256: hash.copy().digest('hex'),
    }),
  };
}

async function createIndex(logPath: string): Promise<FileHandle> {
  const index = await createFile(indexPathOf(logPath));
  await writeAll(index, indexHeading);
  return index;
}

const createFile = (path: string): Promise<FileHandle> =>
  open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND, 0o600);

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; ) from += (await file.write(bytes, from)).bytesWritten;
}
