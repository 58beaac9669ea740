import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { viewOf } from '../../../contract/client/document.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { type ClientLogLines, getLogLines } from '../../../contract/client/log-lines-routes.ts';
import { openStepLog } from '../../../contract/client/step-routes.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { WantedLines } from './log-blocks.ts';
import type { LogLength } from './watch-log.ts';

export type OutputStream = 'stdout' | 'stderr';

export interface LogPlace {
  readonly stepId: string;
  readonly attemptId: string;
  readonly stream: OutputStream;
}

/** One log of the daemon, as this screen asks for it. */
export interface LogReader {
  readonly place: LogPlace;
  readonly lines: (wanted: WantedLines) => Promise<Result<ClientLogLines, ClientFailure>>;
  readonly find: (text: string, wanted: WantedLines) => Promise<Result<ClientLogLines, ClientFailure>>;
  readonly measure: (signal: AbortSignal) => Promise<Result<LogLength | null, ClientFailure>>;
  readonly waitBeyond: (bytes: number, signal: AbortSignal) => Promise<boolean>;
  /** All bytes of it, as they come. */
  readonly open: (signal: AbortSignal) => ReturnType<typeof openStepLog>;
}

export function logReader(connection: Connection, place: LogPlace): LogReader {
  const lines = (wanted: WantedLines, text?: string) => viewOf(getLogLines(connection, { ...place, ...wanted, text }));
  return {
    place,
    lines,
    find: (text, wanted) => lines(wanted, text),
    measure: (signal) => measure(connection, place, signal),
    waitBeyond: (bytes, signal) => waitBeyond(connection, place, { bytes, signal }),
    open: (signal) => openStepLog(connection, place.stepId, { ...place, signal }),
  };
}

async function measure(
  connection: Connection,
  place: LogPlace,
  signal: AbortSignal,
): Promise<Result<LogLength | null, ClientFailure>> {
  const reply = await openStepLog(connection, place.stepId, { ...place, limitBytes: 0, signal });
  if (!reply.ok) return reply;
  if (reply.value.status === 204) return ok(null);
  await reply.value.text();
  const { headers } = reply.value;
  const bytes = Number(headers.get('x-codencer-log-bytes') ?? 0);
  return ok({ bytes, isLive: headers.get('x-codencer-log-live') === 'true' });
}

/** Follows the log from there, and lets go at the first byte. */
async function waitBeyond(
  connection: Connection,
  place: LogPlace,
  { bytes, signal }: { readonly bytes: number; readonly signal: AbortSignal },
): Promise<boolean> {
  const letGo = new AbortController();
  const either = AbortSignal.any([signal, letGo.signal]);
  const reply = await openStepLog(connection, place.stepId, {
    ...place,
    isFollowing: true,
    offset: bytes,
    signal: either,
  });
  if (!reply.ok) return false;
  try {
    for await (const chunk of reply.value.body ?? []) if (chunk.length > 0) return true;
    return false;
  } catch {
    return false; // the connection broke: whoever waits asks how long the log is
  } finally {
    letGo.abort();
  }
}
