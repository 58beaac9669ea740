import type { ErrorCode, Refusal } from '../../../contract/errors.ts';
import type { AttemptId, RunId, StepId } from '../../../contract/ids.ts';
import type { InstanceInfo } from '../../../contract/instance.ts';
import type {
  ArtifactRecord,
  AttemptRecord,
  CommitHash,
  Provisioning,
  SalvageRecord,
  StepRecord,
} from '../../../contract/records.ts';
import type { Result } from '../../../contract/result.ts';
import type { SubmittedFile } from '../../../contract/submitted-file.ts';
import type { Executor } from '../adapters/executors/executor.ts';
import type { HarvestedFile } from '../adapters/files/harvest.ts';
import type { ChangedFile } from '../adapters/git/salvage/salvage-result.ts';
import type { ByteSink } from '../adapters/process/byte-sink.ts';

/** What an adapter could not do, in one sentence that a person can act on. */
export interface Problem {
  readonly code?: ErrorCode;
  readonly sentence: string;
}

/** Variables that a program gets besides the daemon's own. What looks like a secret among them is one (RED-9 to RED-12). */
export type AddedVariables = readonly Readonly<Record<string, string>>[];

export interface AttemptPlace {
  readonly runId: RunId;
  readonly stepId: StepId;
  readonly attemptId: AttemptId;
}

export interface CreatedWorktree {
  readonly path: string;
  /** What is true of the worktree and worth knowing: LFS pointers, submodules that are not checked out. */
  readonly notes: readonly string[];
}

export interface CommitPair {
  readonly from: CommitHash;
  readonly to: CommitHash;
  readonly signal: AbortSignal;
}

/** What was kept of a worktree, and what its change is. */
export interface SalvagedWork {
  readonly record: SalvageRecord;
  readonly filesChanged: readonly string[];
  /** Old and new names of renames, for path rules. */
  readonly touchedPaths: readonly string[];
  /** Whatever could not be kept for a reason other than a declared size limit. */
  readonly losses: readonly string[];
  /** The patch holds bytes in packed form. */
  readonly hasBinaryChanges: boolean;
  /** The folder of the worktree was not there: of what was not committed nobody knows anything. */
  readonly isFolderGone: boolean;
  /** Files that stay only in the kept worktree because they exceed a declared limit. */
  readonly overLimit: readonly string[];
}

/** Git and file work on one attempt's worktree. Every method names one attempt; none of them runs an executor. */
export interface Workspaces {
  /** The commit a `base_ref` names now, or did up to `maxAgeMs` ago; null means the repository's HEAD. */
  resolveBase(ref: string | null, freshness: { readonly maxAgeMs: number }): Promise<Result<CommitHash, Refusal>>;
  create(place: AttemptPlace, base: CommitHash): Promise<Result<CreatedWorktree, Problem>>;
  provision(
    place: AttemptPlace,
    run: { readonly env: Readonly<Record<string, string>>; readonly mark: string; readonly signal: AbortSignal },
  ): Promise<Result<Provisioning, { readonly provisioning: Provisioning; readonly sentence: string }>>;
  /** Variables with which a program's own git leaves out what provisioning brought. */
  environment(place: AttemptPlace): Promise<Readonly<Record<string, string>>>;
  /** Saves everything. Safe to call again after a crash at any point of an earlier call. */
  salvage(place: AttemptPlace, secretsIn: AddedVariables): Promise<Result<SalvagedWork, Problem>>;
  /** A further commit for what validations changed in the tree. Null when they changed nothing. */
  salvageAfterValidations(
    place: AttemptPlace,
    earlier: SalvageRecord,
    secretsIn: AddedVariables,
  ): Promise<Result<SalvageRecord | null, Problem>>;
  /**
   * Removes the worktree. Refuses while a live process is in it, and when it holds what the salvage does not. A missing
   * worktree is removed already.
   */
  remove(place: AttemptPlace, salvage: SalvageRecord): Promise<Result<void, Problem>>;
  /** Whether somebody may have worked in a worktree of this attempt. */
  exists(place: AttemptPlace): Promise<boolean>;
  pathOf(place: AttemptPlace): string;
  /** Where a worktree is that was recorded there: somewhere else, when the repository was moved with it. */
  whereIs(place: AttemptPlace, recordedPath: string): string;
  /** The attempts whose worktrees are on disk now. */
  list(): Promise<readonly AttemptPlace[]>;
  /** Lets go of what was kept: refs and a kept worktree. There is no way back. */
  release(place: AttemptPlace, salvage: SalvageRecord): Promise<Result<void, Problem>>;
  /** The commands with which a person brings kept work back. */
  restoreCommands(place: AttemptPlace, salvage: SalvageRecord): readonly string[];
}

/** What differs between two commits of kept work. */
export interface Comparisons {
  /** The files, in the order of their paths. */
  list(pair: CommitPair): Promise<Result<readonly ChangedFile[], Problem>>;
  openPatch(pair: CommitPair): Promise<Result<ByteSource, Problem>>;
  /** Some files' parts of a patch, counted from 0 in its order. Closing the answer closes the patch. */
  cutPatch(patch: ByteSource, range: { readonly first: number; readonly count: number }): ByteSource;
}

export interface Harvest {
  readonly files: readonly HarvestedFile[];
  /** What lies there and is no artifact, each with its reason. */
  readonly skipped: readonly string[];
  /** What is not as it was written, so that it proves nothing. */
  readonly problems: readonly string[];
}

/** An open log of one attempt: a sink for a child's output, closed once. */
export interface EvidenceLog extends ByteSink {
  /** The end of the log. A problem says which bytes could not be written. */
  close(): Promise<Result<void, Problem>>;
}

/** Files of evidence. */
export interface Evidence {
  /** Writes `submission-<n>/` and returns when it is on disk. */
  writeSubmission(step: StepRecord, original: OriginalInput | null): Promise<Result<readonly SubmittedFile[], Problem>>;
  /** Makes the folder of an attempt, or puts what others left in the way of what is written next under other names. */
  openAttempt(place: AttemptPlace): Promise<Result<{ readonly path: string }, Problem>>;
  openLog(place: AttemptPlace, name: string, secretsIn: AddedVariables): Promise<Result<EvidenceLog, Problem>>;
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
  /** Ends with the log; at once when the attempt has no such log. */
  followLog(
    place: AttemptPlace,
    name: string,
    from: { readonly offset: number; readonly signal: AbortSignal },
  ): ByteSource;
}

export type ByteSource = AsyncIterable<Uint8Array>;

export interface ByteRange {
  readonly offset: number;
  /** Null: up to the end. */
  readonly limit: number | null;
}

export interface WantedLines {
  /** Word for word, in their case. Null: every line. */
  readonly text: string | null;
  /** How many of the lines that match come before the first one that is wanted. */
  readonly offset: number;
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface LogLines {
  /** How many lines match in the whole log, or in what was looked through when `isComplete` is false. */
  readonly total: number;
  /** False: the time was up before the end of the log was reached. */
  readonly isComplete: boolean;
  readonly lines: readonly LogLine[];
}

export interface LogLine {
  /** In the whole log, from 0. */
  readonly number: number;
  readonly text: string;
  /** The line is longer than what is shown of it. */
  readonly isCut: boolean;
}

export interface LogSlice {
  readonly totalBytes: number;
  readonly bytes: ByteSource;
}

export interface OriginalInput {
  readonly format: string;
  readonly text: string;
}

export interface ShellRun {
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly mark: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
}

export interface ShellEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Its time was up before it had ended by itself. */
  readonly timedOut: boolean;
  /** The signal was aborted before it had ended by itself. */
  readonly wasStopped: boolean;
  readonly durationMs: number;
  /** What keeps the end from being whole: processes that could not be ended, output that could not be read. */
  readonly problems: readonly string[];
}

export interface StopEnd {
  /** How many processes there were that are gone now. */
  readonly ended: number;
  /** A sentence that names who could not be ended; none when nobody is left. */
  readonly problems: readonly string[];
}

export interface Processes {
  /** Runs a command that is a command by definition: a validation or a hook. */
  runShell(run: ShellRun): Promise<Result<ShellEnd, Problem>>;
  /** Ends everything that carries the mark. */
  stopMarked(mark: string): Promise<StopEnd>;
  /** Ends everything that carries any mark of this instance. Only before anything is started. */
  stopStrays(): Promise<StopEnd>;
  /** What a child process gets to see: the operator's environment without what is ours, and the mark. */
  environment(mark: string): Readonly<Record<string, string>>;
}

export interface Executors {
  /** Null: no such executor here. */
  find(name: string, mode: 'real' | 'simulation'): Executor | null;
  /** Looks for every executor that a task may name; what was found counts for a while. */
  probe(): Promise<readonly ExecutorProbe[]>;
}

/** What was found where an executor was looked for. */
export interface ExecutorProbe {
  readonly name: string;
  /** How a task that names it and says nothing else would run; null: it would be refused. */
  readonly mode: 'real' | 'simulation' | null;
  /** The program behind it, when there is one on this machine. The version is what it says of itself. */
  readonly program: { readonly path: string; readonly version: string | null } | null;
  /** One sentence: why it is as it is. */
  readonly detail: string;
}

export interface PolicyVerdict {
  readonly decision: 'pass' | 'gate' | 'fail';
  readonly reasons: readonly string[];
}

export interface PolicyFacts {
  readonly changedFiles: readonly string[];
  readonly questions: readonly string[];
  readonly failedValidations: readonly string[];
}

/** A policy that judges an attempt. */
export type Judge = (facts: PolicyFacts) => PolicyVerdict;

export interface Policies {
  /**
   * The policy as its file says now, and the document that is kept with the submission; the refusal says what is wrong
   * with the file.
   */
  pin(name: string): Promise<Result<{ readonly document: unknown; readonly judge: Judge }, Refusal>>;
  /** The policy of a kept document. */
  read(document: unknown): Result<Judge, Refusal>;
}

/** Where the value of a setting came from; `key` is its name there. */
export type SettingOrigin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file' | 'dotenv'; readonly path: string; readonly key: string }
  | { readonly kind: 'environment' | 'flag'; readonly key: string };

export interface KnownSetting {
  readonly key: string;
  readonly value: string | number | boolean | readonly string[];
  readonly source: SettingOrigin;
  /** It can stand in a configuration file. */
  readonly isFileKey: boolean;
  /** For people, in one or two sentences. */
  readonly meaning: string;
}

/** The documents for people, as Markdown. */
export interface HelpPages {
  /** A page by its name without ending; null: there is none. */
  read(name: string): Promise<string | null>;
}

export interface Configuration {
  /** As it was read when the daemon started. */
  list(): readonly KnownSetting[];
  /** The configuration file that was named at the start; null: none was. */
  readonly filePath: string | null;
  /**
   * Sets keys of the file, or takes them out by `null`, and says of each what counts more than the file. An error says
   * what is wrong with a value; nothing was written then.
   */
  change(changes: Readonly<Record<string, unknown>>): Promise<Result<Readonly<Record<string, string | null>>, Problem>>;
}

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Another daemon of this user, or this one. */
export interface ListedInstance {
  readonly state: 'live' | 'stale';
  readonly instance: InstanceInfo;
}

export interface InstanceList {
  readonly found: readonly ListedInstance[];
  /** Entries that cannot be read, each in a sentence. */
  readonly damaged: readonly string[];
}

export interface Check {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'problem';
  readonly detail: string;
  readonly advice: string;
}
