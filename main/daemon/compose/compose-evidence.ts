import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { AttemptRecord } from '../../../contract/records.ts';
import { assertNever, err, ok, type Result } from '../../../contract/result.ts';
import { encodeTaskSpec } from '../../../contract/wire/encode-task-spec.ts';
import { attemptFolder } from '../adapters/files/artifact-store.ts';
import { clearEvidenceFolder } from '../adapters/files/clear-evidence-folder.ts';
import type { FileProblem } from '../adapters/files/file-problem.ts';
import { harvestAttempt } from '../adapters/files/harvest-attempt.ts';
import { writeProvenance } from '../adapters/files/provenance.ts';
import { openVerifiedArtifact, verifyArtifact } from '../adapters/files/verify-artifact.ts';
import { followLog } from '../adapters/logs/follow-log.ts';
import type { LogError } from '../adapters/logs/log-error.ts';
import type { LogFacts } from '../adapters/logs/log-file.ts';
import { readLogBytes } from '../adapters/logs/log-reader.ts';
import { type LogWriter, openLogWriter } from '../adapters/logs/log-writer.ts';
import { sealLog } from '../adapters/logs/seal-log.ts';
import { placeOf } from '../services/attempt-work.ts';
import type {
  AddedVariables,
  AttemptPlace,
  ByteRange,
  Evidence,
  EvidenceLog,
  Harvest,
  Problem,
} from '../services/ports.ts';
import { type CreateRedactor, redactText } from './compose-redaction.ts';
import { createWrittenLogs, type WrittenLogs } from './written-logs.ts';

export interface EvidenceParts {
  readonly root: string;
  readonly repoRoot: string;
  readonly clock: () => number;
  readonly createRedactor: CreateRedactor;
}

const NEVER = new AbortController().signal;
const READ_BLOCK_BYTES = 256 * 1024;

export function composeEvidence(parts: EvidenceParts): Evidence {
  const { root, repoRoot, clock, createRedactor } = parts;
  const writers = new Map<string, LogWriter>();
  const written = createWrittenLogs();
  const logPath = (place: AttemptPlace, name: string) => join(attemptFolder(root, place), name);
  return {
    async writeSubmission(step, original) {
      const place = { runId: step.runId, stepId: step.id };
      const written = await writeProvenance({
        root,
        place,
        submission: step.submission,
        repoRoot,
        original,
        normalizedTask: encodeTaskSpec({ ...step.spec, runId: step.runId, phaseId: step.phaseId, stepId: step.id }),
        signal: NEVER,
      });
      return written.ok ? ok(undefined) : err(problemOf(written.error));
    },
    async openAttempt(place) {
      const folder = await clearEvidenceFolder(root, place);
      return folder.ok ? ok({ path: folder.value }) : err(problemOf(folder.error));
    },
    async openLog(place, name, secretsIn) {
      const path = logPath(place, name);
      await mkdir(dirname(path), { recursive: true });
      const writer = await openLogWriter({ path, redactor: createRedactor(secretsIn), clock });
      if (!writer.ok) return err({ sentence: writer.error.message });
      writers.set(path, writer.value);
      const onClosed = (facts: LogFacts) => {
        writers.delete(path);
        written.note(path, facts);
      };
      return ok(evidenceLog(writer.value, onClosed));
    },
    redact: (text, secretsIn) => redactText(text, createRedactor(secretsIn)),
    logPath,
    harvest: (attempt, secretsIn) => harvestEverything({ ...parts, written }, attempt, secretsIn),
    sealLogs: (place) => sealLogs(attemptFolder(root, place)),
    async open(artifact) {
      const opened = await openVerifiedArtifact({ root, artifact, signal: NEVER });
      return opened.ok ? ok(opened.value.handle.createReadStream({ start: 0 })) : err(problemOf(opened.error));
    },
    async verify(artifact) {
      const verified = await verifyArtifact({ root, artifact, signal: NEVER });
      return verified.ok ? verified : err(problemOf(verified.error));
    },
    readLog: (place, name, range) => readLog(logPath(place, name), range),
    followLog(place, name, { offset, signal }) {
      const path = logPath(place, name);
      if (!existsSync(path)) return Readable.from([]);
      return followLog({ path, offset, live: writers.get(path) ?? null, signal });
    },
  };
}

const problemOf = ({ code, sentence }: FileProblem): Problem =>
  code === undefined ? { sentence } : { code, sentence };

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

async function harvestEverything(
  { root, createRedactor, written }: EvidenceParts & { readonly written: WrittenLogs },
  attempt: AttemptRecord,
  secretsIn: AddedVariables,
): Promise<Result<Harvest, Problem>> {
  const harvested = await harvestAttempt({
    root,
    place: placeOf(attempt),
    submission: attempt.submission,
    createScanner: () => createRedactor(secretsIn),
    isSidecar: isLogIndex,
    signal: NEVER,
  });
  if (!harvested.ok) return err(problemOf(harvested.error));
  const { files, skipped } = harvested.value;
  const problems = written.compare(attemptFolder(root, placeOf(attempt)), files);
  return ok({ files, problems, skipped: skipped.map(({ name, reason }) => `${name}: ${reason}`) });
}

const isLogIndex = (name: string, names: ReadonlySet<string>): boolean =>
  name.endsWith('.log.idx') && names.has(name.slice(0, -'.idx'.length));

/** An attempt that a killed daemon left has logs that nobody closed. */
async function sealLogs(folder: string): Promise<Result<void, Problem>> {
  if (!existsSync(folder)) return ok(undefined);
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((entry) => entry.endsWith('.log'))) {
    const sealed = await sealLog(join(folder, name));
    if (!sealed.ok) return err(logProblem(sealed.error));
  }
  return ok(undefined);
}

async function readLog(path: string, { offset, limit }: ByteRange) {
  if (!existsSync(path)) return ok(null);
  const first = await readLogBytes({ path, offset, limit: 0 });
  if (!first.ok) return err(logProblem(first.error));
  const totalBytes = first.value.sizeBytes;
  const end = limit === null ? totalBytes : Math.min(totalBytes, offset + limit);
  return ok({ totalBytes, bytes: readBlocks(path, offset, end) });
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
