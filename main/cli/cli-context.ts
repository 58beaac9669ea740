import type { FetchLike } from '../../contract/client/http-types.ts';
import type { Keyboard } from './keyboard.ts';
import type { Terminal } from './terminal.ts';

/** Everything a command may touch of the world it was started in. */
export interface CliContext {
  /** The name it was called by; guidance shows commands under it. */
  readonly programName: string;
  /** Absolute path of the running entry (bundle or source): a detached daemon is started from it. */
  readonly entryPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly terminal: Terminal;
  /** Asks whoever listens at the inherited address, outside of every repository, and says who that is. */
  readonly fetchFromAnyone?: FetchLike;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Asks the person at the terminal, yes or no, until `signal` takes the question back. Null: nobody is there to be asked. */
  readonly confirm: ((question: string, signal?: AbortSignal) => Promise<boolean>) | null;
  /** Null: no person types here. */
  readonly keyboard: Keyboard | null;
  /** Does `work` with a signal that the first Ctrl-C aborts; outside of it Ctrl-C ends the program at once. */
  readonly interruptible: Interruptible;
}

export interface WorkOptions {
  /** What else ends a program aborts it, too: SIGTERM, a terminal that is closed, the end of whoever reads our output. */
  readonly clearsUp?: boolean;
}

type Interruptible = <T>(work: (signal: AbortSignal) => Promise<T>, options?: WorkOptions) => Promise<T>;
