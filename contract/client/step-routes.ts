import { formatTime } from '../wire/time.ts';
import { type ClientArtifact, clientArtifact } from './client-artifact.ts';
import { type ClientAttempt, clientAttempt } from './client-attempt.ts';
import { type ClientResult, clientResult } from './client-result.ts';
import { type ClientStep, clientStep } from './client-step.ts';
import { type ClientValidation, clientValidation } from './client-validation.ts';
import { type ClientWait, clientWait } from './client-wait.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import type { JsonValue } from './json-value.ts';
import { readFields, readList, readMapOfLists } from './read-fields.ts';
import type { WaitOptions } from './run-routes.ts';
import { type EmptyReply, openReply, type RequestSpec, readReply, type StreamReply } from './send-request.ts';

const stepPath = (stepId: string, rest = ''): string => `/api/v1/steps/${encodeURIComponent(stepId)}${rest}`;
const get = (stepId: string, rest = ''): RequestSpec => ({ method: 'GET', path: stepPath(stepId, rest) });

export interface StepSearch {
  readonly runId?: string | undefined;
  /** Any of them; every state without. */
  readonly state?: string | readonly string[] | undefined;
  readonly executor?: string | undefined;
  /** A text in it, in any case. */
  readonly text?: string | undefined;
  /** Made at this time or later; milliseconds since 1970. */
  readonly sinceMs?: number | undefined;
  /** At most 1000. */
  readonly limit: number;
}

/** Steps of every run, newest first: the first page of what is looked for, or the page that the one before named. */
export function listStepPage(
  connection: Connection,
  { runId, state, executor, text, sinceMs, limit }: StepSearch,
  { nextPage, signal }: { readonly nextPage: string | null; readonly signal?: AbortSignal },
): DocumentReply<readonly ClientStep[]> {
  const since = sinceMs === undefined ? undefined : formatTime(sinceMs);
  const query = { run: runId, state, executor, text, since, limit: limit.toString() };
  const asked = nextPage === null ? { path: '/api/v1/steps', query } : { path: nextPage };
  return requestDocument(connection, { method: 'GET', ...asked, signal }, (json) => readList(json, clientStep));
}

export const getStep = (connection: Connection, stepId: string): DocumentReply<ClientStep> =>
  requestDocument(connection, get(stepId), (json) => readFields(json, clientStep));

export const getStepResult = (
  connection: Connection,
  stepId: string,
  signal?: AbortSignal,
): DocumentReply<ClientResult> =>
  requestDocument(connection, { ...get(stepId, '/result'), signal }, (json) => readFields(json, clientResult));

export const listStepArtifacts = (connection: Connection, stepId: string): DocumentReply<readonly ClientArtifact[]> =>
  requestDocument(connection, get(stepId, '/artifacts'), (json) => readList(json, clientArtifact));

export type ValidationsByAttempt = ReadonlyMap<string, readonly ClientValidation[]>;

export const listStepValidations = (connection: Connection, stepId: string): DocumentReply<ValidationsByAttempt> =>
  requestDocument(connection, get(stepId, '/validations'), (json) => readMapOfLists(json, clientValidation));

/** Oldest first. */
export const listStepAttempts = (connection: Connection, stepId: string): DocumentReply<readonly ClientAttempt[]> =>
  requestDocument(connection, get(stepId, '/attempts'), (json) => readList(json, clientAttempt));

export interface LogOptions {
  readonly attemptId?: string | undefined;
  readonly stream?: string | undefined;
  /** Goes on until the attempt's log is closed. */
  readonly isFollowing?: boolean;
  /** In bytes; from the beginning without it. */
  readonly offset?: number;
  /** All there is without it. */
  readonly limitBytes?: number;
  readonly signal?: AbortSignal;
}

/** The raw log; status 204 when there is none. */
export function openStepLog(connection: Connection, stepId: string, options: LogOptions): StreamReply {
  const { attemptId, stream, isFollowing = false, offset, limitBytes, signal } = options;
  const range = { offset: offset?.toString(), limit: limitBytes?.toString() };
  const query = { attempt: attemptId, stream, follow: isFollowing ? '1' : undefined, ...range };
  return openReply(connection, { ...get(stepId, '/logs'), query, signal });
}

/** The diff of the newest attempt as a patch; status 204 when there is none. */
export const openStepDiff = (connection: Connection, stepId: string): StreamReply =>
  openReply(connection, get(stepId, '/diff'));

const post = (stepId: string, action: string, body: JsonValue): RequestSpec => ({
  method: 'POST',
  path: stepPath(stepId, `/${action}`),
  body,
});

export interface Retry {
  readonly reason: string;
  /** Goes on with the session that the agent had. */
  readonly isResuming?: boolean;
  /** What the agent is told in it instead of its task. */
  readonly answer?: string | undefined;
}

export function retryStep(connection: Connection, stepId: string, retry: Retry): EmptyReply {
  const { reason, isResuming = false, answer } = retry;
  const resume = isResuming ? { resume_session: true } : {};
  return readReply(
    connection,
    post(stepId, 'retry', { reason, ...resume, ...(answer === undefined ? {} : { answer }) }),
  );
}

/** Answers when nothing of the step is alive. */
export const cancelStep = (connection: Connection, stepId: string, reason: string): EmptyReply =>
  readReply(connection, post(stepId, 'cancel', { reason }));

export interface Resolution {
  readonly as: string;
  readonly reason: string;
}

export const resolveStep = (connection: Connection, stepId: string, { as, reason }: Resolution): EmptyReply =>
  readReply(connection, post(stepId, 'resolve', { as, reason }));

export const waitForStep = (
  connection: Connection,
  stepId: string,
  { timeoutMs, signal }: WaitOptions,
): DocumentReply<ClientWait> =>
  requestDocument(connection, { ...post(stepId, 'wait', { timeout_ms: timeoutMs }), signal }, (json) =>
    readFields(json, clientWait),
  );
