import type { Executor } from '../../adapters/executors/executor.ts';

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
