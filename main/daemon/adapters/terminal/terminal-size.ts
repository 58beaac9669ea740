/** In characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What programs expect of a terminal of which nothing is known. */
export const USUAL_SIZE: TerminalSize = { columns: 80, rows: 24 };
