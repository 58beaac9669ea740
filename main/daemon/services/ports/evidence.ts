import type { ArtifactRecord, AttemptRecord, StepRecord } from '../../../../contract/records.ts';
import type { Result } from '../../../../contract/result.ts';
import type { SubmittedFile } from '../../../../contract/submitted-file.ts';
import type { HarvestedFile } from '../../adapters/files/harvest.ts';
import type { ByteSink } from '../../adapters/process/byte-sink.ts';
import type { TextRedactor } from '../../domain/redaction/redact-activity.ts';
import type { AttemptPlace } from './attempt-place.ts';
import type { ByteSource } from './byte-source.ts';
import type { ByteRange, LogLines, LogSlice, WantedLines } from './logs.ts';
import type { Problem } from './problem.ts';
import type { AddedVariables } from './processes.ts';

/** Files of evidence. */
export interface Evidence {
  /** Writes `submission-<n>/` and returns when it is on disk. */
  writeSubmission(step: StepRecord, original: OriginalInput | null): Promise<Result<readonly SubmittedFile[], Problem>>;
  /** Makes the folder of an attempt, or puts what others left in the way of what is written next under other names. */
  openAttempt(place: AttemptPlace): Promise<Result<{ readonly path: string }, Problem>>;
  /** A file that is whole and read-only from the start. A problem: there is one of that name. */
  writeText(place: AttemptPlace, name: string, text: string): Promise<Result<void, Problem>>;
  openLog(place: AttemptPlace, name: string, secretsIn: AddedVariables): Promise<Result<EvidenceLog, Problem>>;
  /** A log for what has no secrets any more. Nothing written, no file left. */
  openClean(place: AttemptPlace, name: CleanLog): Promise<Result<EvidenceLog, Problem>>;
  /** Takes secrets out of a text that comes in pieces. */
  startText(secretsIn: AddedVariables): TextRedactor;
  /** Takes secrets out of a text that goes into a record or an event. */
  redact(text: string, secretsIn: AddedVariables): string;
  /** Closes the logs that an earlier daemon was killed over. */
  sealLogs(place: AttemptPlace): Promise<Result<void, Problem>>;
  logPath(place: AttemptPlace, name: string): string;
  /**
   * Closes every file of the attempt read-only and describes it, the submission's files included. These are compared
   * with what was submitted; null where the record does not say that.
   */
  harvest(
    attempt: AttemptRecord,
    secretsIn: AddedVariables,
    submitted: readonly SubmittedFile[] | null,
  ): Promise<Result<Harvest, Problem>>;
  /** The bytes of an artifact, after its size and hash were compared with the record. */
  open(artifact: ArtifactRecord): Promise<Result<ByteSource, Problem>>;
  /** Re-hashes an artifact. Rejects when the signal is aborted. */
  verify(artifact: ArtifactRecord, signal?: AbortSignal): Promise<Result<void, Problem>>;
  /** Null when the attempt has no such log. */
  readLog(place: AttemptPlace, name: string, range: ByteRange): Promise<Result<LogSlice | null, Problem>>;
  /** Some lines of a log, or of those that hold a text. Null when the attempt has no such log. */
  readLogLines(place: AttemptPlace, name: string, wanted: WantedLines): Promise<Result<LogLines | null, Problem>>;
  /** Ends with the log; at once when the attempt has no such log. Bytes are valid until the next are asked for. */
  followLog(
    place: AttemptPlace,
    name: string,
    from: { readonly offset: number; readonly signal: AbortSignal },
  ): ByteSource;
}

/** What an agent did, for programs and for people. */
export type CleanLog = 'activity.jsonl' | 'transcript.md';

/** An open log of one attempt: a sink for a child's output, closed once. */
export interface EvidenceLog extends ByteSink {
  /** The end of the log. A problem says which bytes could not be written. */
  close(): Promise<Result<void, Problem>>;
}

export interface Harvest {
  readonly files: readonly HarvestedFile[];
  /** What lies there and is no artifact, each with its reason. */
  readonly skipped: readonly string[];
  /** What is not as it was written, so that it proves nothing. */
  readonly problems: readonly string[];
}

export interface OriginalInput {
  readonly format: string;
  readonly text: string;
}
