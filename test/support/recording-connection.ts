import type { ClientRequest, Connection } from '../../contract/client/http-types.ts';

export interface RecordedRequest extends ClientRequest {
  readonly url: string;
}

export interface RecordingConnection {
  readonly connection: Connection;
  readonly requests: readonly RecordedRequest[];
}

/** A connection to nowhere that answers each request with the same body and remembers what was asked. */
export function recordingConnection(
  answer: { readonly status?: number; readonly text?: string } = {},
): RecordingConnection {
  const requests: RecordedRequest[] = [];
  const { status = 200, text = '{}' } = answer;
  const fetch: Connection['fetch'] = async (url, request) => {
    requests.push({ url, ...request });
    return { status, headers: new Headers(), body: null, text: async () => text };
  };
  return { connection: { baseUrl: 'http://127.0.0.1:1', token: null, fetch }, requests };
}
