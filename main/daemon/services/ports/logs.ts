import type { ByteSource } from './byte-source.ts';

export interface ByteRange {
  readonly offset: number;
  /** Null: up to the end. */
  readonly limit: number | null;
}

export interface LogSlice {
  readonly totalBytes: number;
  readonly bytes: ByteSource;
}

export interface WantedLines {
  /** Word for word, in their case. Null: every line. */
  readonly text: string | null;
  /** How many of the lines that match come before the first one that is wanted. */
  readonly offset: number;
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface LogLines {
  /** How many lines match in the whole log, or in what was looked through when `isComplete` is false. */
  readonly total: number;
  /** False: the time was up before the end of the log was reached. */
  readonly isComplete: boolean;
  readonly lines: readonly LogLine[];
}

export interface LogLine {
  /** In the whole log, from 0. */
  readonly number: number;
  readonly text: string;
  /** The line is longer than what is shown of it. */
  readonly isCut: boolean;
}
