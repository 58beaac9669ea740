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

type Recorded = Pick<ServiceContext, 'store'>;

/** One page of what came after a cursor. */
export const readEvents = (
  context: Recorded,
  input: EventFilter & { readonly after: number; readonly limit: number },
): readonly EventRecord[] => context.store.events.read(input);

export interface ReaderTooSlow {
  readonly code: 'reader_too_slow';
  /** The last event that the reader has seen: where it goes on. */
  readonly lastSeq: number;
}

/**
 * Everything after a cursor, then whatever comes, without gap or duplicate. Live events come from memory; a reader
 * that was busy catches up from the record, page by page. A reader that was up to date and then falls too far behind is
 * told so and ends. Ends without a word when the signal is aborted.
 */
export async function* followEvents(
  context: Recorded,
  { after, signal, ...filter }: EventFilter & { readonly after: number; readonly signal: AbortSignal },
): AsyncGenerator<Result<EventRecord, ReaderTooSlow>> {
  const tail = openTail(context, signal);
  let cursor = after;
  try {
    while (!signal.aborted) {
      const behind = context.store.events.lastSeq() - cursor;
      if (behind > MAX_BEHIND && tail.wasLive()) return yield err({ code: 'reader_too_slow', lastSeq: cursor });
      const fresh = tail.take(cursor) ?? readPage(context, cursor, filter);
      for (const event of fresh.events) {
        cursor = event.seq;
        if (matches(event, filter)) yield ok(event);
      }
      cursor = fresh.seenUpTo;
      if (cursor >= context.store.events.lastSeq()) await tail.changed();
    }
  } finally {
    tail.close();
  }
}

const matches = (event: EventRecord, { runId, stepId }: EventFilter): boolean =>
  (runId === undefined || event.runId === runId) && (stepId === undefined || event.stepId === stepId);

interface Fresh {
  readonly events: readonly EventRecord[];
  /** There is nothing else of interest up to here. */
  readonly seenUpTo: number;
}

/** Only what the reader asked for: a run's reader does not go through the events of all the others. */
function readPage({ store }: Recorded, cursor: number, filter: EventFilter): Fresh {
  const events = store.events.read({ after: cursor, ...filter, limit: PAGE });
  const last = events.at(-1);
  const isEnd = last === undefined || events.length < PAGE;
  return { events, seenUpTo: isEnd ? Math.max(cursor, store.events.lastSeq()) : last.seq };
}

/** The newest events in memory, bounded; and a promise for the next commit. */
function openTail(context: Recorded, signal: AbortSignal) {
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
    take(cursor: number): Fresh | null {
      const [first] = buffer;
      const last = buffer.at(-1);
      const events = buffer;
      buffer = [];
      if (first === undefined || last === undefined || first.seq > cursor + 1 || last.seq <= cursor) return null;
      return { events: events.filter((event) => event.seq > cursor), seenUpTo: last.seq };
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
