import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
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
}

/** Some lines of a log. `total` counts all that match; false `isComplete`: the search took too long to see all of them. */
export interface ClientLogLines {
  readonly total: number;
  readonly isComplete: boolean;
  readonly lines: readonly string[];
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
  return requestDocument(connection, { method: 'GET', path, query }, (json) =>
    readFields(json, (fields) => ({
      total: fields.integer('total'),
      isComplete: fields.flag('complete'),
      lines: fields.texts('lines'),
    })),
  );
}
