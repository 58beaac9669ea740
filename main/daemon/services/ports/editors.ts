import type { Result } from '../../../../contract/result.ts';
import type { Problem } from './problem.ts';

/** The editors of this machine. */
export interface Editors {
  /** Only those that are there. */
  list(): Promise<readonly FoundEditor[]>;
  /** Opens it and does not wait. The value is the command that was started. */
  open(editor: FoundEditor, what: WhatToOpen): Promise<Result<readonly string[], Problem>>;
}

export interface FoundEditor {
  readonly id: string;
  readonly title: string;
  /** Its program. */
  readonly program: string;
  /** It belongs to Windows and reaches into the distribution. */
  readonly isRemote: boolean;
}

/** A file or folder below a folder. */
export interface WhatToOpen {
  readonly root: string;
  /** Relative, `/` between names; null: the folder itself. */
  readonly path: string | null;
  /** From 1. */
  readonly line: number | null;
}
