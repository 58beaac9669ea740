/** The part of `fetch` that the client needs. The global `fetch` fits; so does a few lines over `node:http`. */
export type FetchLike = (url: string, request: ClientRequest) => Promise<ClientReply>;

export interface ClientRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

export interface ClientReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The raw bytes, for what is too large to hold. Either this or `text` is used, never both. */
  readonly body: AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
}

/** Where a daemon is. A `null` token: the caller is known by being the same user on this machine. */
export interface Connection {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string | null;
  readonly fetch: FetchLike;
}
