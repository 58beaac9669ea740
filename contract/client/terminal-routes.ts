import type { StreamRange } from './activity-routes.ts';
import type { Connection } from './http-types.ts';
import { type EmptyReply, openReply, readReply, type StreamReply } from './send-request.ts';

const terminalPath = (attemptId: string): string => `/api/v1/attempts/${encodeURIComponent(attemptId)}/terminal`;

/** What the terminal of an attempt shows, byte for byte; status 204 when it has none. */
export function openTerminal(
  connection: Connection,
  attemptId: string,
  { isFollowing = false, offset, limitBytes, signal }: StreamRange,
): StreamReply {
  const query = {
    follow: isFollowing ? 'true' : undefined,
    offset: offset?.toString(),
    limit: limitBytes?.toString(),
  };
  return openReply(connection, { method: 'GET', path: terminalPath(attemptId), query, signal });
}

export interface Typed {
  /** At least one, at most 64 KiB. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The record tells once of each attachment that types. */
  readonly attachment: string;
}

export const typeIntoTerminal = (connection: Connection, id: string, { bytes, attachment }: Typed): EmptyReply =>
  readReply(connection, {
    method: 'POST',
    path: `${terminalPath(id)}/input`,
    query: { attach: attachment },
    bytes,
  });

/** In characters. */
export const resizeTerminal = (
  connection: Connection,
  id: string,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): EmptyReply =>
  readReply(connection, { method: 'POST', path: `${terminalPath(id)}/size`, body: { cols: columns, rows } });
