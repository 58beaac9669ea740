import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { DocumentReply } from '../../../contract/client/document.ts';
import { readEventPages } from '../../../contract/client/event-pages.ts';
import type { EventFilter } from '../../../contract/client/event-routes.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { EXIT, type ExitCode } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, EXIT_INTERRUPTED, failureOf } from '../cli-failure.ts';
import { followEvents } from '../follow-events.ts';
import { patientCalls } from '../reconnect.ts';
import { fetchView } from '../show-document.ts';
import { resolveTarget } from '../target.ts';
import { tooLong } from '../wait-loop.ts';
import { followRecord, type WatchedRecord, type WatchModel } from './watch-model.ts';
import type { WatchView } from './watch-view.ts';

/** What is watched. The events only say when to look; what decides is the document. */
export interface WatchSubject<T> {
  /** `step s1`: for people. */
  readonly name: string;
  readonly filter: EventFilter;
  readonly look: (connection: Connection, signal: AbortSignal) => DocumentReply<T>;
  /** `null`: it goes on. */
  readonly exitOf: (view: T) => ExitCode | null;
  /** The same of what the events tell: whether it is worth a look. */
  readonly mayHaveEnded: (model: WatchModel) => boolean;
  /** Where things stand at the beginning, in lines. */
  readonly begin: (view: T, model: WatchModel) => readonly string[];
  /** 0: without end. */
  readonly timeoutMs: number;
}

export interface WatchEnd<T> {
  readonly view: T;
  readonly exitCode: ExitCode;
}

/** Shows everything that happens until a wait would end, and gives what it ended on. */
export async function watch<T>(
  context: CliContext,
  subject: WatchSubject<T>,
  view: WatchView,
): Promise<Result<WatchEnd<T>, CliFailure>> {
  const { name, timeoutMs } = subject;
  return context.interruptible(async (interruption) => {
    const signal = timeoutMs > 0 ? AbortSignal.any([interruption, AbortSignal.timeout(timeoutMs)]) : interruption;
    try {
      const outcome = await watchUntilEnd({ context, subject, view, signal });
      if (outcome.ok || !signal.aborted) return outcome;
      const told = { name, programName: context.programName, doing: 'watch' } as const;
      return err(interruption.aborted ? interrupted(name) : tooLong(timeoutMs, told));
    } finally {
      view.close();
    }
  });
}

const interrupted = (name: string): CliFailure => ({
  error: 'interrupted',
  message: `Stopped watching; ${name} goes on.`,
  exit: EXIT_INTERRUPTED,
});

interface Watching<T> {
  readonly context: CliContext;
  readonly subject: WatchSubject<T>;
  readonly view: WatchView;
  readonly signal: AbortSignal;
}

async function watchUntilEnd<T>(watching: Watching<T>): Promise<Result<WatchEnd<T>, CliFailure>> {
  const { context, subject, view, signal } = watching;
  const first = await fetchView(context, (connection) => subject.look(connection, signal));
  if (!first.ok) return first;
  const past = await readPast(watching);
  if (!past.ok) return past;
  const { record, cursor } = past.value;
  view.begin(record.model(), subject.begin(first.value, record.model()));
  const ended = endOf(subject, first.value);
  if (ended !== null) return ok(ended);
  const onAway = (sentence: string) => view.notice(sentence);
  const following = { ...subject.filter, after: cursor, signal, onAway, onConnected: () => view.notice('') };
  for await (const event of followEvents(context, following)) {
    if (!event.ok) return event;
    record.apply(event.value.view);
    view.change(record.model(), event.value);
    if (!subject.mayHaveEnded(record.model())) continue;
    const seen = await look(watching);
    if (!seen.ok) return seen;
    const end = endOf(subject, seen.value);
    if (end !== null) return ok(end);
  }
  return err(interrupted(subject.name));
}

function endOf<T>({ exitOf }: WatchSubject<T>, view: T): WatchEnd<T> | null {
  const exitCode = exitOf(view);
  return exitCode === null ? null : { view, exitCode };
}

interface Past {
  readonly record: WatchedRecord;
  readonly cursor: number;
}

async function readPast<T>({ context, subject, signal }: Watching<T>): Promise<Result<Past, CliFailure>> {
  const target = resolveTarget(context);
  if (!target.ok) return target;
  const record = followRecord();
  let cursor = 0;
  for await (const page of readEventPages(target.value, { ...subject.filter, after: 0, signal })) {
    if (!page.ok)
      return err(
        withoutEvents(page.error) ? toldNothing(context, subject.name) : failureOf(page.error, context.programName),
      );
    for (const { view } of page.value) record.apply(view);
    cursor = page.value.at(-1)?.view.seq ?? cursor;
  }
  return ok({ record, cursor });
}

const withoutEvents = (failure: ClientFailure): boolean => failure.kind === 'refused' && failure.status === 404;

/** A daemon of the first wire version. */
const toldNothing = ({ programName }: CliContext, name: string): CliFailure => ({
  error: 'watching',
  message: 'this daemon tells no events that could be watched',
  exit: EXIT.usage,
  nextStep: `It can be waited for: ${programName} ${name.replace(' ', ' wait ')}`,
});

/** The document as it is now; the daemon may just be going away. */
async function look<T>({ context, subject, view, signal }: Watching<T>): Promise<Result<T, CliFailure>> {
  const call = patientCalls(context, { signal, hasAnswered: true, onAway: (sentence) => view.notice(sentence) });
  const reply = await call((connection) => subject.look(connection, signal));
  if (!reply.ok) return reply;
  const seen = reply.value.read();
  return seen.ok ? seen : err(failureOf(seen.error, context.programName));
}
