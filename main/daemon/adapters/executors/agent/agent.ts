import type { Activity } from '../../../../../contract/activity.ts';
import type { AgentName, ExecutorProfile } from '../../../../../contract/executor-profile.ts';
import type { Result } from '../../../../../contract/result.ts';
import type { Variables } from '../../process/executor-environment.ts';
import type { ProcessInput } from '../../process/process-spec.ts';
import type { AskPermission, CanResume, ExecutorStartError, ExecutorTask } from '../executor.ts';
import type { AgentErrorKind } from './agent-error-kind.ts';
import type { OutcomeRow } from './outcome-table.ts';

/** How one vendor's program is driven by one of its interfaces. What all of them have in common is in `run-agent.ts`. */
export interface AgentDriver {
  readonly agent: AgentName;
  readonly transport: string;
  /** Whether it can be asked for a permission while it works; if not, what it may not do fails. */
  readonly canAsk: boolean;
  readonly canResume: CanResume;
  /** Where its program is looked for when the profile does not say: names in PATH, the inherited variable before them. */
  readonly programNames: readonly string[];
  readonly programVariable: string | null;
  /** Whether somebody is logged in, told from the vendor's files and variables alone. */
  readonly isLoggedIn: (environment: Variables) => Promise<boolean | null>;
  readonly outcomes: readonly OutcomeRow[];
  /** Plans one run. Starts nothing. */
  readonly launch: (order: LaunchOrder) => Promise<Result<Launch, ExecutorStartError>>;
}

export interface LaunchOrder {
  readonly task: ExecutorTask;
  readonly profile: ExecutorProfile;
  /** The program with the arguments that come before all others. */
  readonly program: readonly [string, ...string[]];
  readonly listener: AgentListener;
}

/** What a driver tells while its program runs. */
export interface AgentListener {
  readonly signal: (signal: AgentSignal) => void;
  /** Watchdogs wait while a person is asked. */
  readonly askPermission: AskPermission;
  /** The conversation is over: the program has nothing more to do and is ended if it does not end by itself. */
  readonly finish: () => void;
}

export interface Launch {
  readonly argv: readonly [string, ...string[]];
  /** Added to the task's environment. */
  readonly env: Variables;
  readonly stdin: ProcessInput;
  readonly conversation: Conversation;
}

/** One talk with a running program. Each member is called in the order of what happened; none may throw. */
export interface Conversation {
  /** The program runs. `input` is there when stdin is a pipe; what is written after its end is dropped. */
  readonly begin?: (input: AgentInput) => void;
  /** A line of stdout, without its end. */
  readonly onLine: (line: string) => void;
  readonly onErrorLine?: (line: string) => void;
  /** Asks by the protocol's own means to end. Signals follow when that does not help in time. */
  readonly interrupt?: () => void;
}

export interface AgentInput {
  readonly write: (text: string) => void;
  readonly end: () => void;
}

/** Why the service did not answer, in its words. */
export interface AgentFailure {
  readonly kind: AgentErrorKind;
  readonly text: string;
}

/** What a driver understood of the stream. */
export type AgentSignal =
  | { readonly of: 'activity'; readonly activity: Activity }
  /** What the agent says to the person, whole; the last one is its answer. */
  | { readonly of: 'answer'; readonly text: string }
  | { readonly of: 'question'; readonly text: string }
  | { readonly of: 'error'; readonly kind: AgentErrorKind; readonly text: string }
  /** The vendor's own word for how the work ended; null: it goes on after all. */
  | { readonly of: 'terminal'; readonly word: string | null }
  /** A model was asked. `isFruitful`: something came of it; `refusal`: what came instead, which a later answer undoes. */
  | { readonly of: 'model_request'; readonly isFruitful: boolean; readonly refusal?: AgentFailure }
  /** The model called a tool in a way that no tool understands. */
  | { readonly of: 'broken_call' }
  | { readonly of: 'denial'; readonly text: string }
  /** What keeps a success from being a plain one, in words. */
  | { readonly of: 'doubt'; readonly text: string };
