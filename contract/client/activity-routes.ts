import type { Connection } from './http-types.ts';
import { openReply, type StreamReply } from './send-request.ts';

export interface StreamRange {
  /** Goes on until the agent has ended. */
  readonly isFollowing?: boolean;
  /** In bytes; from the beginning without it. */
  readonly offset?: number;
  /** All there is without it. */
  readonly limitBytes?: number;
  readonly signal?: AbortSignal;
}

/** What an agent did, as lines of JSON; status 204 when it did nothing. */
export function openActivity(
  connection: Connection,
  of: { readonly kind: 'attempt' | 'step'; readonly id: string },
  { isFollowing = false, offset, limitBytes, signal }: StreamRange,
): StreamReply {
  const path = `/api/v1/${of.kind}s/${encodeURIComponent(of.id)}/activity`;
  const query = {
    follow: isFollowing ? 'true' : undefined,
    offset: offset?.toString(),
    limit: limitBytes?.toString(),
  };
  return openReply(connection, { method: 'GET', path, query, signal });
}
