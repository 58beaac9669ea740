import type { Connection, FetchLike } from '../../contract/client/http-types.ts';

/** `no-store`: streams of one address would wait for each other in the browser's cache. */
const browserFetch: FetchLike = async (url, { method, headers, body, signal }) => {
  const reply = await fetch(url, {
    method,
    headers,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { status: reply.status, headers: reply.headers, body: reply.body, text: () => reply.text() };
};

/** Null as a token: the shell adds it, or none is needed. */
export const browserConnection = (baseUrl: string, token: string | null): Connection => ({
  baseUrl,
  token,
  fetch: browserFetch,
});
