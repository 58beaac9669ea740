import { createHash } from 'node:crypto';
import { type FileHandle, rm, writeFile } from 'node:fs/promises';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { openPlainFile } from '../files/open-plain-file.ts';
import { describeLogError, type LogError } from './log-error.ts';
import type { LogFacts } from './log-file.ts';
import { createLineCounter, indexHeading, indexPathOf } from './log-index.ts';

const blockBytes = 256 * 1024;

/** Closes a log that an earlier daemon was killed over: reads it once, makes its index anew and both read-only. */
export async function sealLog(path: string): Promise<Result<LogFacts, LogError>> {
  try {
    await using log = await openPlainFile(path);
    const { facts, records } = await readThrough(log);
    await rm(indexPathOf(path), { force: true });
    if (records.length > 0) {
      await writeFile(indexPathOf(path), Buffer.concat([indexHeading, ...records]), { mode: 0o444, flag: 'wx' });
    }
    await log.chmod(0o444);
    await log.datasync();
    return ok(facts);
  } catch (cause) {
    return err(describeLogError('close', path, cause));
  }
}

/** When each part was written is no longer known; the time of the last change stands for all. */
async function readThrough(log: FileHandle): Promise<{ facts: LogFacts; records: readonly Uint8Array[] }> {
  const hash = createHash('sha256');
  const counter = createLineCounter();
  const records: Uint8Array[] = [];
  const writtenAtMs = Math.floor((await log.stat()).mtimeMs);
  const block = Buffer.allocUnsafeSlow(blockBytes);
  for (;;) {
    const { bytesRead } = await log.read(block, 0, blockBytes, counter.sizeBytes());
    if (bytesRead === 0) break;
    const bytes = block.subarray(0, bytesRead);
    hash.update(bytes);
    const due = counter.count(bytes, writtenAtMs);
    if (due.length > 0) records.push(due);
  }
  const facts = { sizeBytes: counter.sizeBytes(), lineCount: counter.lineCount(), sha256: hash.digest('hex') };
  return { facts, records };
}
