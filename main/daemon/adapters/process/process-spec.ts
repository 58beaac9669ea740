import type { ByteSink } from './byte-sink.ts';

export interface ProcessSpec {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** Complete: nothing of this process's own environment is added but the mark. */
  readonly env: Readonly<Record<string, string>>;
  /** No other family may have it. */
  readonly mark: string;
  readonly stdin: ProcessInput;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  /** Between asking and killing; 5 s when left out. */
  readonly graceMs?: number;
}

export type ProcessInput =
  | { readonly kind: 'closed' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'pipe' };
