import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientWait } from '../../contract/client/client-wait.ts';
import type { Document, DocumentReply } from '../../contract/client/document.ts';
import type { Connection } from '../../contract/client/http-types.ts';
import type { WaitOptions } from '../../contract/client/run-routes.ts';
import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, EXIT_INTERRUPTED, failureOf } from './cli-failure.ts';
import { formatDuration } from './duration.ts';
import type { ProgressSubject, WaitProgress } from './progress-subject.ts';
import { type PatientCall, patientCalls } from './reconnect.ts';
import { resolveTarget } from './target.ts';
import { showProgress } from './wait-progress.ts';

/** The longest single question: what lies between may drop a connection that says nothing for long. */
const MAX_QUESTION_MS = 30_000;
/** The first one, where the caller is to be told soon what is left. */
const FIRST_QUESTION_MS = 1000;

/** What is waited for, and how to see whether it is there. */
export interface WaitSubject<T> extends ProgressSubject {
  readonly ask: (connection: Connection, options: WaitOptions) => DocumentReply<ClientWait>;
  readonly look: (connection: Connection, signal: AbortSignal) => DocumentReply<T>;
  readonly isFinal: (view: T) => boolean;
  /** What is to be said of open gates; empty: nothing. */
  readonly onOpenGates?: (gates: readonly string[]) => string;
  /** What is still to come, asked after a look that brought no end; empty: nothing to be said. */
  readonly whatIsLeft?: (connection: Connection) => Promise<string>;
}

export interface WaitLimits {
  /** Between two looks at a daemon that cannot wait itself. */
  readonly intervalMs: number;
  /** 0: without end. */
  readonly timeoutMs: number;
  /** The daemon has just answered, so that its absence can only be a restart. */
  readonly hasAnswered?: boolean;
}

export interface Final<T> {
  readonly document: Document<T>;
  readonly view: T;
}

/**
 * Waits on the daemon's side, so that the answer comes with the commit; a daemon without that route is looked at every
 * interval. What counts is always the document itself, as it is after the wait.
 */
export function waitUntilFinal<T>(
  context: CliContext,
  subject: WaitSubject<T>,
  limits: WaitLimits,
): Promise<Result<Final<T>, CliFailure>> {
  return context.interruptible(async (signal) => {
    const progress = await showProgress(context, subject, limits);
    const patience = { signal, hasAnswered: limits.hasAnswered ?? false };
    const onAway = (sentence: string) => progress.say(`\n${sentence}`);
    const call = patientCalls(context, { ...patience, onAway });
    const outcome = await loop({ context, subject, limits, signal, call, progress });
    progress.stop();
    return signal.aborted && !outcome.ok ? err(interrupted(subject.name)) : outcome;
  });
}

interface Waiting<T> {
  readonly context: CliContext;
  readonly subject: WaitSubject<T>;
  readonly limits: WaitLimits;
  readonly signal: AbortSignal;
  readonly call: PatientCall;
  readonly progress: WaitProgress;
}

async function loop<T>(waiting: Waiting<T>): Promise<Result<Final<T>, CliFailure>> {
  const { subject, limits, signal, progress } = waiting;
  const { programName } = waiting.context;
  const deadlineMs = limits.timeoutMs > 0 ? performance.now() + limits.timeoutMs : Number.POSITIVE_INFINITY;
  let canAsk = true;
  let longestMs = subject.whatIsLeft === undefined ? MAX_QUESTION_MS : FIRST_QUESTION_MS;
  let left = '';
  for (;;) {
    const asked: Result<Asked, CliFailure> = canAsk ? await ask(waiting, { deadlineMs, longestMs }) : ok('look');
    if (!asked.ok) return asked;
    canAsk &&= asked.value !== 'unsupported';
    const seen = await look(waiting);
    if (!seen.ok || subject.isFinal(seen.value.view)) return seen;
    progress.looked();
    longestMs = MAX_QUESTION_MS;
    left = await sayWhatIsLeft(waiting, left);
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) return err(tooLong(limits.timeoutMs, { name: subject.name, programName, doing: 'wait' }));
    if (!canAsk || asked.value === 'early') await pause(Math.min(limits.intervalMs, leftMs), signal);
    if (signal.aborted) return err(interrupted(subject.name));
  }
}

/** `early`: the wait ended on something that is not the end, such as an open gate; asked again it would do so at once. */
type Asked = 'look' | 'early' | 'unsupported';

async function ask<T>(
  { subject, signal, call, progress }: Waiting<T>,
  { deadlineMs, longestMs }: { readonly deadlineMs: number; readonly longestMs: number },
): Promise<Result<Asked, CliFailure>> {
  const timeoutMs = Math.ceil(Math.max(0, Math.min(longestMs, deadlineMs - performance.now())));
  const reply = await call((connection) => subject.ask(connection, { timeoutMs, signal }));
  if (!reply.ok) {
    const { status } = reply.error;
    return status === 404 || status === 405 ? ok('unsupported') : reply;
  }
  const wait = reply.value.read();
  if (!wait.ok || wait.value.isTerminal || wait.value.hasTimedOut) return ok('look');
  const sentence = subject.onOpenGates?.(wait.value.gates) ?? '';
  if (sentence !== '') progress.say(sentence);
  return ok('early');
}

/** Once for each sentence. Gives what was said last. */
async function sayWhatIsLeft<T>({ context, subject, progress }: Waiting<T>, before: string): Promise<string> {
  if (subject.whatIsLeft === undefined) return '';
  const target = resolveTarget(context);
  const sentence = target.ok ? await subject.whatIsLeft(target.value) : '';
  if (sentence === '' || sentence === before) return before;
  progress.say(`\n${sentence}\n`);
  return sentence;
}

async function look<T>({ context, subject, signal, call }: Waiting<T>): Promise<Result<Final<T>, CliFailure>> {
  const reply = await call((connection) => subject.look(connection, signal));
  if (!reply.ok) return reply;
  const view = reply.value.read();
  return view.ok ? ok({ document: reply.value, view: view.value }) : err(failureOf(view.error, context.programName));
}

const pause = (durationMs: number, signal: AbortSignal): Promise<unknown> =>
  sleep(durationMs, undefined, { signal }).catch(() => undefined); // an abort is looked for after every pause

interface Told {
  /** `step s1`. */
  readonly name: string;
  readonly programName: string;
  readonly doing: 'wait' | 'watch';
}

/** The sentence is inherited word for word. What is offered is what the caller was doing. */
export const tooLong = (timeoutMs: number, { name, programName, doing }: Told): CliFailure => ({
  error: 'client_side_timeout',
  message: `${doing} exceeded CLI limit of ${formatDuration(timeoutMs)}`,
  exit: EXIT.timeout,
  nextStep: `It goes on; to ${doing} again: ${programName} ${name.replace(' ', ` ${doing} `)}`,
});

const interrupted = (name: string): CliFailure => ({
  error: 'interrupted',
  message: `Stopped waiting; ${name} goes on.`,
  exit: EXIT_INTERRUPTED,
});
