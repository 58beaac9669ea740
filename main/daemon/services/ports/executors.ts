import type { AttemptId } from '../../../../contract/ids.ts';
import type { Result } from '../../../../contract/result.ts';
import type { Executor } from '../../adapters/executors/executor.ts';
import type { AttemptTerminal } from '../../adapters/terminal/open-terminals.ts';
import type { ExecutorShelf, ListedExecutor, UsableExecutor } from '../../domain/executor-shelf.ts';

export interface Executors {
  /** Every executor that a task may name, as the files of profiles say now. */
  shelf(): ExecutorShelf;
  /** Null: no such executor here, or nobody here can drive it. */
  find(name: string, mode: 'real' | 'simulation'): Executor | null;
  /** The variables that a profile names, with their values. An error names the one that is not set. */
  environment(name: string): Result<Readonly<Record<string, string>>, string>;
  /** Null: no program of the attempt is on a terminal now. */
  terminal(attemptId: AttemptId): AttemptTerminal | null;
  /** What to install or set before an executor can run for real; null: it can. */
  whyUnavailable(executor: UsableExecutor): Promise<string | null>;
  /** Looks for the program behind an executor. */
  probe(executor: ListedExecutor, how?: HowToProbe): Promise<ExecutorProbe>;
}

export interface HowToProbe {
  /** What a program has said of itself counts only until it changes; now it is asked again all the same. */
  readonly anew: boolean;
  /** A program that only a file of the repository names is run, too: an operator asked for just this one. */
  readonly mayRunAny: boolean;
}

/** What was found where an executor was looked for. */
export interface ExecutorProbe {
  readonly name: string;
  /** Whose program it is. */
  readonly agent: string;
  /** How a task that names it and says nothing else would run; null: it would be refused. */
  readonly mode: 'real' | 'simulation' | null;
  /** The program behind it, when there is one on this machine. The version is what it says of itself. */
  readonly program: { readonly path: string; readonly version: string | null } | null;
  /** Whether somebody is logged in, as far as the vendor's files and variables tell; null: they do not. */
  readonly isLoggedIn: boolean | null;
  /** The vendor's own word for what it may do; null: the vendor's default. */
  readonly sandbox: string | null;
  /** Whether it can ask for permission while it works; null: nobody here drives it. */
  readonly canAsk: boolean | null;
  /** One sentence: why it is as it is. */
  readonly detail: string;
}
