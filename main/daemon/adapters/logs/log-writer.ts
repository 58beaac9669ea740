import { err, ok, type Result } from '../../../../contract/result.ts';
import type { Redactor } from '../../domain/redaction/redactor.ts';
import type { ByteSink } from '../process/byte-sink.ts';
import { createAppender, type LogOutcome } from './append-in-turn.ts';
import { describeLogError, type LogError } from './log-error.ts';
import { createLogFile, type LogFacts, type LogFile } from './log-file.ts';

export interface LogSummary extends LogFacts {
  readonly redactions: number;
  readonly outcome: LogOutcome;
}

/** What a follower needs to know of a log that is still being written. */
export interface LiveLog {
  /** Bytes that are in the file. */
  readonly sizeBytes: () => number;
  readonly isClosed: () => boolean;
  /** Calls when more is in the file and when it is closed, until the answer is called. */
  readonly onAppend: (listener: () => void) => () => void;
}

export interface LogWriter extends ByteSink, LiveLog {
  /** Never rejects; every call gives the same answer. */
  readonly close: () => Promise<LogSummary>;
}

export interface LogWriterOptions {
  readonly path: string;
  readonly redactor: Redactor;
  readonly clock: () => number;
  /** Of the file, after redaction. */
  readonly maxBytes?: number;
}

/** Output → redactor → append-only file with its index, in bounded memory. */
export async function openLogWriter(options: LogWriterOptions): Promise<Result<LogWriter, LogError>> {
  try {
    return ok(createLogWriter(options, await createLogFile(options.path, options.clock)));
  } catch (cause) {
    return err(describeLogError('open', options.path, cause));
  }
}

function createLogWriter({ path, redactor, maxBytes = Infinity }: LogWriterOptions, file: LogFile): LogWriter {
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const appender = createAppender(file, { path, maxBytes, onAppended: notify });
  let closing: Promise<LogSummary> | null = null;
  let isClosed = false;

  const finish = async (): Promise<LogSummary> => {
    appender.accept(redactor.flush());
    const outcome = await appender.finish();
    isClosed = true;
    notify();
    listeners.clear();
    return { ...file.facts(), redactions: redactor.redactions(), outcome };
  };
  return {
    sizeBytes: file.sizeBytes,
    isClosed: () => isClosed,
    onAppend: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    write: (chunk) => {
      if (closing !== null) throw new Error(`the log ${path} is closed`);
      appender.accept(redactor.push(chunk));
      return appender.caughtUp();
    },
    close: () => {
      closing ??= finish();
      return closing;
    },
  };
}
