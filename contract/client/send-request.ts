import { err, ok, type Result } from '../result.ts';
import type { ClientFailure } from './client-failure.ts';
import type { ClientReply, Connection } from './http-types.ts';
import type { JsonValue } from './json-value.ts';

export interface RequestSpec {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From `/api` on, already escaped. */
  readonly path: string;
  /** A list is one parameter for each of its texts. */
  readonly query?: QueryValues;
  readonly body?: JsonValue;
  /** Instead of a body in JSON. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

type QueryValues = Readonly<Record<string, string | readonly string[] | undefined>>;

export const keyHeader = (key: string | undefined): Readonly<Record<string, string>> =>
  key === undefined ? {} : { 'idempotency-key': key };

/** One request. A refusal is read to its end; the body of a success is left to the caller. */
export function openReply(connection: Connection, spec: RequestSpec): StreamReply {
  return guarded(connection, spec, async (reply) => (reply.status < 400 ? ok(reply) : err(await refusalOf(reply))));
}

/** One request with its whole answer as text. A connection that breaks half-way counts as one that was never made. */
export function readReply(connection: Connection, spec: RequestSpec): EmptyReply {
  return guarded(connection, spec, async (reply) =>
    reply.status < 400 ? ok(await textReplyOf(reply)) : err(await refusalOf(reply)),
  );
}

export interface TextReply {
  readonly status: number;
  readonly text: string;
  /** Path and query of the next page, when the answer is one of several (`Link: <…>; rel="next"`). */
  readonly nextPage: string | null;
  /** How many entries all pages have together, when the answer tells (`X-Total-Count`). */
  readonly totalCount: number | null;
}

/** An answer whose body is still to be read. */
export type StreamReply = Promise<Result<ClientReply, ClientFailure>>;

/** What routes give whose success says it all. */
export type EmptyReply = Promise<Result<TextReply, ClientFailure>>;

type Take<T> = (reply: ClientReply) => Promise<Result<T, ClientFailure>>;

async function guarded<T>(connection: Connection, spec: RequestSpec, take: Take<T>): Promise<Result<T, ClientFailure>> {
  const url = `${connection.baseUrl}${spec.path}${queryText(spec.query ?? {})}`;
  try {
    const reply = await connection.fetch(url, {
      method: spec.method,
      headers: headersOf(connection, spec),
      ...bodyOf(spec),
      ...(spec.signal === undefined ? {} : { signal: spec.signal }),
    });
    return await take(reply);
  } catch (error) {
    return err(failureOf(error, spec, url));
  }
}

const textReplyOf = async (reply: ClientReply): Promise<TextReply> => ({
  status: reply.status,
  text: await reply.text(),
  nextPage: nextPageOf(reply.headers.get('link') ?? ''),
  totalCount: wholeNumberIn(reply.headers.get('x-total-count')),
});

/** Only a path on the same daemon is followed. */
const nextPageOf = (link: string): string | null => /<(\/[^/>][^>]*)>[^,]*;\s*rel="?next\b/.exec(link)?.[1] ?? null;

const wholeNumberIn = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;

function bodyOf({ body, bytes }: RequestSpec) {
  if (bytes !== undefined) return { body: bytes };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

function headersOf({ token }: Connection, { body, bytes, headers }: RequestSpec): Record<string, string> {
  return {
    ...headers,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(bytes === undefined ? {} : { 'content-type': 'application/octet-stream' }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
}

function queryText(query: QueryValues): string {
  const pairs = Object.entries(query).flatMap(([name, value = []]) =>
    (typeof value === 'string' ? [value] : value).map(
      (one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`,
    ),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

async function refusalOf(reply: ClientReply): Promise<ClientFailure> {
  const message = (await reply.text()).trim() || `request failed with status ${reply.status}`;
  return { kind: 'refused', status: reply.status, code: reply.headers.get('x-codencer-error'), message };
}

function failureOf(error: unknown, { method, signal }: RequestSpec, url: string): ClientFailure {
  const name = error instanceof Error ? error.name : '';
  if (signal?.aborted === true && name !== 'TimeoutError') return { kind: 'aborted' };
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'unreachable', method, url, cause: name === 'TimeoutError' ? 'TIMEOUT' : causeOf(error), detail };
}

/** `fetch` wraps the system's error as its cause; node:http hands it over as it is. */
function causeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? causeOf(error.cause) : 'UNKNOWN';
}
