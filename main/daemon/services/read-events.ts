import type { EventRecord } from '../../../contract/events.ts';
import type { RunId, StepId } from '../../../contract/ids.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';

export interface EventFilter {
  readonly runId?: RunId;
  readonly stepId?: StepId;
}

const PAGE = 500;
/** How far a reader may fall behind before it is told to come back with its cursor. */
const MAX_BEHIND = 10_000;

export const readEvents = (
  context: ServiceContext,
  input: EventFilter & { readonly after: number; readonly limit: number },
): readonly EventRecord[] => context.store.events.read(input);

export interface ReaderTooSlow {
  readonly code: 'reader_too_slow';
  readonly lastSeq: number;
}

/**
 * Everything after a cursor, then whatever comes, without gap or duplicate. Live events come from memory; a reader
 * that was busy catches up from the record. A reader that falls too far behind is told so and ends.
 */
export async function* followEvents(
  context: ServiceContext,
  { after, signal, ...filter }: EventFilter & { readonly after: number; readonly signal: AbortSignal },
): AsyncGenerator<Result<EventRecord, ReaderTooSlow>> {
  const tail = openTail(context, signal);
  let cursor = after;
  try {
    while (!signal.aborted) {
      const behind = context.store.events.lastSeq() - cursor;
      if (behind > MAX_BEHIND && tail.wasLive()) return yield err({ code: 'reader_too_slow', lastSeq: cursor });
      const fresh = tail.take(cursor) ?? context.store.events.read({ after: cursor, limit: PAGE });
      for (const event of fresh) {
        cursor = event.seq;
        if (matches(event, filter)) yield ok(event);
      }
      if (fresh.length === 0) await tail.changed();
    }
  } finally {
    tail.close();
  }
}

const matches = (event: EventRecord, { runId, stepId }: EventFilter): boolean =>
  (runId === undefined || event.runId === runId) && (stepId === undefined || event.stepId === stepId);

/** The newest events in memory, bounded; and a promise for the next commit. */
function openTail(context: ServiceContext, signal: AbortSignal) {
  let buffer: EventRecord[] = [];
  let isLive = false;
  let wake: () => void = () => undefined;
  const stop = context.store.onCommit((events) => {
    buffer.push(...events);
    if (buffer.length > PAGE) buffer = [];
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    wasLive: () => isLive,
    /** The buffered events when they follow the cursor without a gap, otherwise null: the record knows. */
    take(cursor: number): readonly EventRecord[] | null {
      const [first] = buffer;
      if (first === undefined || first.seq > cursor + 1) {
        buffer = [];
        return null;
      }
      const fresh = buffer.filter((event) => event.seq > cursor);
      buffer = [];
      return fresh.length === 0 ? null : fresh;
    },
    changed(): Promise<void> {
      isLive = true;
      if (buffer.length > 0 || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
    close() {
      stop();
      signal.removeEventListener('abort', onAbort);
    },
  };
}
