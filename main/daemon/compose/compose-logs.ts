import { existsSync, rmSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { assertNever, err, ok, type Result } from '../../../contract/result.ts';
import { attemptFolder } from '../adapters/files/artifact-store.ts';
import { tryFile } from '../adapters/files/file-problem.ts';
import { followLog } from '../adapters/logs/follow-log.ts';
import type { LogError } from '../adapters/logs/log-error.ts';
import type { LogFacts } from '../adapters/logs/log-file.ts';
import { selectLines } from '../adapters/logs/log-lines.ts';
import { readLogBytes } from '../adapters/logs/log-reader.ts';
import { type LogWriter, openLogWriter } from '../adapters/logs/log-writer.ts';
import { sealLog } from '../adapters/logs/seal-log.ts';
import type { Redactor } from '../domain/redaction/redactor.ts';
import type { AttemptPlace } from '../services/ports/attempt-place.ts';
import type { ByteSource } from '../services/ports/byte-source.ts';
import type { CleanLog, Evidence, EvidenceLog } from '../services/ports/evidence.ts';
import type { ByteRange, LogLines, WantedLines } from '../services/ports/logs.ts';
import type { Problem } from '../services/ports/problem.ts';
import { type CreateRedactor, passOn } from './compose-redaction.ts';
import type { WrittenLogs } from './written-logs.ts';

export interface LogParts {
  readonly root: string;
  readonly clock: () => number;
  readonly createRedactor: CreateRedactor;
  /** Gets the facts of each log that is closed. */
  readonly written: WrittenLogs;
}

interface LogManner {
  readonly redactor: Redactor;
  readonly note: (path: string, facts: LogFacts) => void;
}

const CLEAN_LOGS: ReadonlySet<string> = new Set<CleanLog>(['activity.jsonl', 'transcript.md']);

export const isLog = (name: string): boolean => name.endsWith('.log') || CLEAN_LOGS.has(name);

const READ_BLOCK_BYTES = 256 * 1024;

/** The logs of attempts: who follows one that this process writes is told of every byte. */
export function composeLogs(
  parts: LogParts,
): Pick<Evidence, 'openLog' | 'openClean' | 'sealLogs' | 'logPath' | 'readLog' | 'readLogLines' | 'followLog'> {
  const writers = new Map<string, LogWriter>();
  const logPath = (place: AttemptPlace, name: string) => join(attemptFolder(parts.root, place), name);
  const open = async (path: string, { redactor, note }: LogManner): Promise<Result<EvidenceLog, Problem>> => {
    const writer = await openWriter(parts, path, redactor);
    if (!writer.ok) return writer;
    writers.set(path, writer.value);
    const onClosed = (facts: LogFacts) => {
      writers.delete(path);
      note(path, facts);
    };
    return ok(evidenceLog(writer.value, onClosed));
  };
  return {
    logPath,
    openLog: (place, name, secretsIn) =>
      open(logPath(place, name), { redactor: parts.createRedactor(secretsIn), note: parts.written.note }),
    openClean: (place, name) =>
      open(logPath(place, name), {
        redactor: passOn,
        note: (path, facts) =>
          facts.sizeBytes === 0 ? rmSync(path, { force: true }) : parts.written.note(path, facts),
      }),
    sealLogs: (place) => sealLogs(attemptFolder(parts.root, place)),
    readLog: (place, name, range) => readLog(logPath(place, name), range),
    readLogLines: (place, name, wanted) => readLines(logPath(place, name), wanted),
    followLog(place, name, from): ByteSource {
      const path = logPath(place, name);
      return existsSync(path) ? followLog({ path, ...from, live: writers.get(path) ?? null }) : Readable.from([]);
    },
  };
}

async function openWriter(
  { clock }: LogParts,
  path: string,
  redactor: ReturnType<CreateRedactor>,
): Promise<Result<LogWriter, Problem>> {
  const folder = dirname(path);
  const made = await tryFile('create', folder, () => mkdir(folder, { recursive: true }));
  if (!made.ok) return err({ sentence: made.error.sentence });
  const writer = await openLogWriter({ path, redactor, clock });
  return writer.ok ? writer : err(logProblem(writer.error));
}

/** A log whose end tells whether everything that was printed is in it. */
function evidenceLog(writer: LogWriter, onClosed: (facts: LogFacts) => void): EvidenceLog {
  let isClosed = false;
  return {
    // Once it is closed nobody asks what is in it: a program that still writes was given up, and that was said.
    write: (chunk) => (isClosed ? undefined : writer.write(chunk)),
    async close() {
      isClosed = true;
      const { outcome, ...facts } = await writer.close();
      onClosed(facts);
      switch (outcome.kind) {
        case 'complete':
          return ok(undefined);
        case 'cut':
          return err({ sentence: `the log was cut at ${outcome.maxBytes} bytes; ${outcome.droppedBytes} are missing` });
        case 'failed':
          return err({ sentence: `${outcome.error.message} ${outcome.droppedBytes} bytes are missing.` });
        default:
          return assertNever(outcome);
      }
    },
  };
}

/** An attempt that a killed daemon left has logs that nobody closed. One that cannot be closed keeps no other open. */
async function sealLogs(folder: string): Promise<Result<void, Problem>> {
  if (!existsSync(folder)) return ok(undefined);
  const names = await tryFile('read', folder, () => readdir(folder, { recursive: true }));
  if (!names.ok) return err({ sentence: names.error.sentence });
  const problems: string[] = [];
  for (const name of names.value.filter(isLog)) {
    const sealed = await sealLog(join(folder, name));
    if (!sealed.ok) problems.push(sealed.error.message);
  }
  return problems.length === 0 ? ok(undefined) : err({ sentence: problems.join(' ') });
}

async function readLog(path: string, { offset, limit }: ByteRange) {
  if (!existsSync(path)) return ok(null);
  const first = await readLogBytes({ path, offset, limit: 0 });
  if (!first.ok) return err(logProblem(first.error));
  const totalBytes = first.value.sizeBytes;
  const end = limit === null ? totalBytes : Math.min(totalBytes, offset + limit);
  return ok({ totalBytes, bytes: readBlocks(path, offset, end) });
}

async function readLines(path: string, wanted: WantedLines): Promise<Result<LogLines | null, Problem>> {
  if (!existsSync(path)) return ok(null);
  const selected = await selectLines({ path, ...wanted });
  return selected.ok ? selected : err(logProblem(selected.error));
}

const logProblem = ({ message }: LogError): Problem => ({ sentence: message });

/** In blocks, so that a log of any size is served in bounded memory. */
async function* readBlocks(path: string, from: number, end: number): AsyncGenerator<Uint8Array> {
  for (let offset = from; offset < end; ) {
    const slice = await readLogBytes({ path, offset, limit: Math.min(READ_BLOCK_BYTES, end - offset) });
    if (!slice.ok) throw new Error(slice.error.message);
    if (slice.value.bytes.length === 0) return;
    yield slice.value.bytes;
    offset += slice.value.bytes.length;
  }
}
