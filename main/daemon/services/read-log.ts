import { isAttemptLive } from '../../../contract/attempt-state.ts';
import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { placeOf } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { findAttempt } from './find-attempt.ts';
import type { ByteSource } from './ports/byte-source.ts';
import type { ByteRange, LogLines, WantedLines } from './ports/logs.ts';

/** What the terminal of an attempt has shown: its name in the evidence. */
export const TERMINAL_LOG = 'terminal.log';

export interface LogSubject {
  readonly stepId: StepId;
  /** The newest attempt unless it is named. */
  readonly attemptId?: AttemptId;
  readonly stream: 'stdout' | 'stderr';
}

export interface ReadLog {
  readonly attemptId: AttemptId;
  readonly totalBytes: number;
  readonly isLive: boolean;
  readonly bytes: ByteSource;
}

/** A range of a log. Null when there is none, which is no error: nothing was ever started. */
export async function readLog(
  context: ServiceContext,
  input: LogSubject & { readonly offset?: number; readonly limit?: number },
): Promise<Result<ReadLog | null, Refusal>> {
  const attempt = findAttempt(context, input);
  if (!attempt.ok || attempt.value === null) return nothing(attempt);
  const { offset = 0, limit = null } = input;
  const name = await nameOf(context, attempt.value, input.stream);
  return readNamed(context, attempt.value, { name, offset, limit });
}

/** A range of any log of an attempt. */
export async function readNamed(
  context: ServiceContext,
  attempt: AttemptRecord,
  { name, ...range }: ByteRange & { readonly name: string },
): Promise<Result<ReadLog | null, Refusal>> {
  const slice = await context.evidence.readLog(placeOf(attempt), name, range);
  if (!slice.ok) return err(refusal(slice.error.code ?? 'internal', slice.error.sentence));
  if (slice.value === null) return ok(null);
  return ok({ attemptId: attempt.id, isLive: isAttemptLive(attempt.state), ...slice.value });
}

/** Lines of a log, or those of them that hold a text. Null when there is no log. */
export async function readLogLines(
  context: ServiceContext,
  { text, offset, limit, signal, ...subject }: LogSubject & WantedLines,
): Promise<Result<(LogLines & { readonly attemptId: AttemptId }) | null, Refusal>> {
  const attempt = findAttempt(context, subject);
  if (!attempt.ok || attempt.value === null) return nothing(attempt);
  const name = await nameOf(context, attempt.value, subject.stream);
  const wanted = { text, offset, limit, signal };
  const read = await context.evidence.readLogLines(placeOf(attempt.value), name, wanted);
  if (!read.ok) return err(refusal(read.error.code ?? 'internal', read.error.sentence));
  return ok(read.value === null ? null : { attemptId: attempt.value.id, ...read.value });
}

const nothing = (attempt: Result<AttemptRecord | null, Refusal>): Result<null, Refusal> =>
  attempt.ok ? ok(null) : attempt;

/** A log from an offset on, and what is appended to it until the attempt has ended. */
export function followLog(
  context: ServiceContext,
  input: LogSubject & { readonly offset?: number; readonly signal: AbortSignal },
): Result<ByteSource | null, Refusal> {
  const attempt = findAttempt(context, input);
  if (!attempt.ok || attempt.value === null) return nothing(attempt);
  const { offset = 0, stream, signal } = input;
  return ok(followStream(context, attempt.value, { stream, offset, signal }));
}

type Stream = LogSubject['stream'];

async function* followStream(
  context: ServiceContext,
  attempt: AttemptRecord,
  { stream, offset, signal }: Omit<Follower, 'name'> & { readonly stream: Stream },
) {
  await untilStarted(context, attempt, signal);
  const name = await nameOf(context, attempt, stream);
  yield* context.evidence.followLog(placeOf(attempt), name, { offset, signal });
}

/** What a program prints on a terminal is one output, which is read as its stdout. */
async function nameOf({ evidence }: ServiceContext, attempt: AttemptRecord, stream: Stream): Promise<string> {
  if (stream === 'stderr') return 'stderr.log';
  const own = await evidence.readLog(placeOf(attempt), 'stdout.log', { offset: 0, limit: 0 });
  return own.ok && own.value === null ? TERMINAL_LOG : 'stdout.log';
}

interface Follower {
  readonly name: string;
  readonly offset: number;
  readonly signal: AbortSignal;
}

/** Any log of an attempt, which has none before its executor starts. */
export async function* followNamed(
  context: ServiceContext,
  attempt: AttemptRecord,
  { name, offset, signal }: Follower,
) {
  await untilStarted(context, attempt, signal);
  yield* context.evidence.followLog(placeOf(attempt), name, { offset, signal });
}

/** Resolves when the executor is under way, the attempt has ended, or nobody waits any more. */
async function untilStarted(
  context: ServiceContext,
  { id, stepId }: AttemptRecord,
  signal: AbortSignal,
): Promise<void> {
  const isOver = () => signal.aborted || context.store.attempts.get(id)?.state !== 'dispatching';
  if (isOver()) return;
  await new Promise<void>((resolve) => {
    const look = () => {
      if (!isOver()) return;
      stopWatching();
      signal.removeEventListener('abort', look);
      resolve();
    };
    const stopWatching = context.watch.onStep(stepId, look);
    signal.addEventListener('abort', look, { once: true });
  });
}
