import type { Activity } from '../../../../contract/activity.ts';
import type { Invocation } from '../../../../contract/executor-profile.ts';
import type { FailureClass } from '../../../../contract/failure-class.ts';
import type { AttemptId, RunId, StepId } from '../../../../contract/ids.ts';
import type { PermissionAnswer, PermissionRequest } from '../../../../contract/permission.ts';
import type { Result } from '../../../../contract/result.ts';
import type { TaskSpec } from '../../../../contract/task-spec.ts';
import type { Usage } from '../../../../contract/usage.ts';
import type { ByteSink } from '../process/byte-sink.ts';

/** Why somebody ends an executor before it is done. */
export type StopReason = 'cancel' | 'timeout' | 'shutdown';

/** What an executor is given. It works in `worktreePath` only and leaves files of evidence in `evidencePath`. */
export interface ExecutorTask {
  readonly runId: RunId;
  readonly stepId: StepId;
  readonly attemptId: AttemptId;
  readonly spec: TaskSpec;
  /** The name the step asked for: a simulation speaks in that name. */
  readonly requestedName: string;
  readonly worktreePath: string;
  readonly evidencePath: string;
  /** The complete environment for child processes, already filtered and marked. */
  readonly env: Readonly<Record<string, string>>;
  readonly mark: string;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  /** Takes secrets out of a text; needed before a text is cut, because of half a secret nothing is known. */
  readonly redact: (text: string) => string;
  readonly onProgress: (progress: ExecutorProgress) => void;
  /** What an agent does, as it is understood from its stream. Takes secrets out itself. */
  readonly onActivity: (activity: Activity) => void;
  readonly askPermission: AskPermission;
  readonly askPerson: AskPerson;
  /** What the task says, for an agent to read. */
  readonly prompt: string;
  /** A vendor's session to go on with, or null for a new one. */
  readonly resumeSession: string | null;
  /** What the agent is told in the session that it goes on with instead of the prompt; null: the prompt. */
  readonly message: string | null;
}

/**
 * Asks whoever may decide, and waits. Never rejects. The signal takes the question back; the end of the attempt answers
 * `cancelled` by itself.
 */
export type AskPermission = (request: PermissionRequest, signal: AbortSignal) => Promise<PermissionAnswer>;

/** What only a person can do or know: no rule answers it, and the attempt's clock goes on meanwhile. */
export interface PersonRequest {
  /** What the person is to do; of one line. */
  readonly sentence: string;
  readonly reason: string;
}

/** Asks a person, and waits. Never rejects; the signal takes the question back. Allowed means: it is done. */
export type AskPerson = (request: PersonRequest, signal: AbortSignal) => Promise<PermissionAnswer>;

/** Structured progress. The payload is small and holds nothing that the redactor would take out. */
export interface ExecutorProgress {
  readonly kind: string;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
}

export type ExecutorEnd =
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly failureClass: FailureClass }
  /** It was asked to end before it had done so by itself. */
  | { readonly kind: 'stopped'; readonly reason: StopReason };

export interface ExecutorVerdict {
  readonly end: ExecutorEnd;
  readonly summary: string;
}

/** How an executor ended. Nobody of it is alive any more when this is known, except whom `problems` names. */
export interface ExecutorOutcome extends ExecutorVerdict {
  /** What it comes to instead when the worktree turns out to be as it was; null: the same. */
  readonly ifUnchanged: ExecutorVerdict | null;
  readonly usage: Usage | null;
  readonly questions: readonly string[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly session: string | null;
  /** Which model the agent says it worked with. */
  readonly model: string | null;
  /** Processes that the executor left behind and that had to be ended. */
  readonly leftoverCount: number;
  /** What keeps a success from being a plain one, in sentences. */
  readonly doubts: readonly string[];
  /** What keeps the end from being whole: processes that could not be ended, output that could not be read. */
  readonly problems: readonly string[];
}

export interface ExecutorRun {
  /** The first process, when there is one. */
  readonly process: { readonly pid: number; readonly startTicks: string } | null;
  /** How a vendor's program was started; null: none was. */
  readonly invocation: Invocation | null;
  readonly ended: Promise<ExecutorOutcome>;
  /** Asks for the end: graceful, then forceful, then the sweep. `ended` tells when it is over. The first reason counts. */
  stop(reason: StopReason): void;
}

export interface ExecutorStartError {
  readonly summary: string;
}

/** Whether an agent goes on with a session that it had: in any folder, only where the session was, or not at all. */
export type CanResume = 'anywhere' | 'in_its_folder' | false;

export interface AgentAbilities {
  readonly canResume: CanResume;
}

/** The one interface of every executor, to be followed by a folder for each vendor's program. */
export interface Executor {
  readonly name: string;
  /** Null: it is told no prompt and does nothing that could be watched but its output. */
  readonly agent: AgentAbilities | null;
  start(task: ExecutorTask): Promise<Result<ExecutorRun, ExecutorStartError>>;
  /**
   * Takes files of its own, which are no work, out of the worktree of an attempt that its daemon did not see the end of.
   * The problems are sentences. Absent: it puts none there.
   */
  readonly clearAway?: (place: Pick<ExecutorTask, 'worktreePath' | 'evidencePath'>) => Promise<readonly string[]>;
}
