/** What the command table says of a command, without the command itself. */
export interface CommandAbout {
  /** The words that name it, after the program. */
  readonly words: string;
  readonly args: string;
  readonly summary: string;
  /** What its exit codes say beyond 0, 1 and 5 as every command has them; completes "Exits …". */
  readonly exits?: string;
}
