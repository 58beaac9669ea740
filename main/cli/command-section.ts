import type { RunnableCommand } from './define-command.ts';

export interface CommandRow {
  /** The words that name it, after the program. */
  readonly words: string;
  readonly args: string;
  readonly summary: string;
  /** What its exit codes say beyond 0, 1 and 5 as every command has them; completes "Exits …". */
  readonly exits?: string;
  readonly load: () => Promise<{ readonly command: RunnableCommand }>;
}

export interface CommandSection {
  readonly title: string;
  readonly rows: readonly CommandRow[];
}
