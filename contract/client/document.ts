import { err, ok, type Result } from '../result.ts';
import type { ClientFailure } from './client-failure.ts';
import type { Connection } from './http-types.ts';
import { type JsonValue, parseJson } from './json-value.ts';
import { type RequestSpec, readReply } from './send-request.ts';

/** A successful answer: as it came, for those who pass it on, and as a typed view, for those who look into it. */
export interface Document<T> {
  readonly status: number;
  /** Path and query of the next page; `null`: this is all. */
  readonly nextPage: string | null;
  /** How many entries all pages have together; `null`: the answer does not tell. */
  readonly totalCount: number | null;
  /** A body that is no JSON is `{ value: <text> }`, which is what inherited clients print. */
  readonly json: JsonValue;
  readonly read: () => Result<T, ClientFailure>;
}

export type DocumentReply<T> = Promise<Result<Document<T>, ClientFailure>>;

export async function requestDocument<T>(
  connection: Connection,
  spec: RequestSpec,
  readView: (json: JsonValue) => Result<T, string>,
): DocumentReply<T> {
  const reply = await readReply(connection, spec);
  if (!reply.ok) return reply;
  const { status, text, nextPage, totalCount } = reply.value;
  const parsed = parseJson(text);
  const json = parsed.ok ? parsed.value : { value: text };
  const unreadable = (detail: string): Result<T, ClientFailure> => err({ kind: 'unreadable', status, detail });
  const read = (): Result<T, ClientFailure> => {
    const view = parsed.ok ? readView(json) : parsed;
    return view.ok ? ok(view.value) : unreadable(view.error);
  };
  return ok({ status, nextPage, totalCount, json, read });
}

/** Of an answer only the typed view. */
export async function viewOf<T>(asked: DocumentReply<T>): Promise<Result<T, ClientFailure>> {
  const reply = await asked;
  return reply.ok ? reply.value.read() : reply;
}
