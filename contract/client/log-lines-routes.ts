import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import type { JsonValue } from './json-value.ts';
import { readFields } from './read-fields.ts';

export interface LogLinesRequest {
  readonly stepId: string;
  /** The newest unless it is named. */
  readonly attemptId?: string | undefined;
  readonly stream?: 'stdout' | 'stderr' | undefined;
  /** Only lines that hold it, in this case. */
  readonly text?: string | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Some lines of a log. `total` counts all that match; false `isComplete`: the search took too long to see all of them. */
export interface ClientLogLines {
  readonly total: number;
  readonly isComplete: boolean;
  readonly lines: readonly string[];
  /** Which lines of the log these are, from 0. */
  readonly numbers: readonly number[];
  /** The numbers of those that are longer than what came of them. */
  readonly cut: readonly number[];
}

const numberText = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));

export function getLogLines(connection: Connection, request: LogLinesRequest): DocumentReply<ClientLogLines> {
  const path = `/api/v1/steps/${encodeURIComponent(request.stepId)}/logs`;
  const query = {
    format: 'json',
    attempt: request.attemptId,
    stream: request.stream,
    q: request.text,
    line_offset: numberText(request.offset),
    limit: numberText(request.limit),
  };
  return requestDocument(connection, { method: 'GET', path, query, signal: request.signal }, (json) =>
    readFields(json, (fields) => ({
      total: fields.integer('total'),
      isComplete: fields.flag('complete'),
      lines: fields.texts('lines'),
      numbers: numbersIn(fields.value('numbers')),
      cut: numbersIn(fields.value('cut')),
    })),
  );
}

const numbersIn = (value: JsonValue): readonly number[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
