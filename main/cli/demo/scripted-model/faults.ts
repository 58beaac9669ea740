/** What goes wrong instead of, or in the middle of, an answer. */
export type Fault =
  /** `times`: how many requests of one prompt are refused before it goes well; null for all. */
  | { readonly kind: 'status'; readonly status: number; readonly times: number | null }
  | { readonly kind: 'body'; readonly contentType: string; readonly body: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  /** Half of the answer of `write`, then: the end of the stream, nothing more, or a torn connection. */
  | { readonly kind: 'half'; readonly ending: 'end' | 'stall' | 'reset' };

const SSE = 'text/event-stream';
const GARBAGE = 'event: response.created\ndata: {not json at all\n\ndata: \u0001 garbage }}}\n\n';

const refused = (status: number, times: number | null = null): Fault => ({ kind: 'status', status, times });

const FAULTS: Readonly<Record<string, Fault>> = {
  'http-400': refused(400),
  'http-401': refused(401),
  'http-403': refused(403),
  'http-429': refused(429),
  'http-429-once': refused(429, 1),
  'http-500': refused(500),
  html: { kind: 'body', contentType: 'text/html', body: '<html><body>Please sign in to this network.</body></html>' },
  garbage: { kind: 'body', contentType: SSE, body: GARBAGE },
  empty: { kind: 'body', contentType: SSE, body: '' },
  truncated: { kind: 'half', ending: 'end' },
  stall: { kind: 'half', ending: 'stall' },
  'reset-midway': { kind: 'half', ending: 'reset' },
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
};

export const faultOf = (scenario: string): Fault | null => FAULTS[scenario] ?? null;
