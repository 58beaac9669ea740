import { type ClientGate, clientGate } from './client-gate.ts';
import { type ClientRun, clientRun } from './client-run.ts';
import { type ClientStep, clientStep } from './client-step.ts';
import { type ClientWait, clientWait } from './client-wait.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import type { JsonValue } from './json-value.ts';
import { readFields, readList } from './read-fields.ts';
import { type EmptyReply, keyHeader, readReply } from './send-request.ts';

const readRun = (json: JsonValue) => readFields(json, clientRun);
const readWait = (json: JsonValue) => readFields(json, clientWait);
const runPath = (runId: string, rest = ''): string => `/api/v1/runs/${encodeURIComponent(runId)}${rest}`;

export interface RunFilter {
  readonly projectId?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly state?: string | undefined;
}

/** Newest first, at most a hundred. */
export const listRuns = (connection: Connection, filter: RunFilter): DocumentReply<readonly ClientRun[]> => {
  const query = { project_id: filter.projectId, conversation_id: filter.conversationId, state: filter.state };
  return requestDocument(connection, { method: 'GET', path: '/api/v1/runs', query }, (json) =>
    readList(json, clientRun),
  );
};

export interface RunSearch extends Omit<RunFilter, 'state'> {
  /** Any of them; every state without. */
  readonly state?: string | readonly string[] | undefined;
  /** Also how many steps of each run are in which state, and how many of its gates wait. */
  readonly isCounted?: boolean | undefined;
  /** A text in it, in any case. */
  readonly text?: string | undefined;
  /** At most 1000. */
  readonly limit: number;
}

/** The first page of what is looked for, or the page that the one before named. */
export function listRunPage(
  connection: Connection,
  search: RunSearch,
  { nextPage, signal }: { readonly nextPage: string | null; readonly signal?: AbortSignal },
): DocumentReply<readonly ClientRun[]> {
  const { projectId, conversationId, state, text, limit, isCounted = false } = search;
  const query = {
    project_id: projectId,
    conversation_id: conversationId,
    state,
    text,
    limit: limit.toString(),
    include: isCounted ? 'counts' : undefined,
  };
  const asked = nextPage === null ? { path: '/api/v1/runs', query } : { path: nextPage };
  return requestDocument(connection, { method: 'GET', ...asked, signal }, (json) => readList(json, clientRun));
}

/** Empty texts leave the choice to the daemon. */
export interface NewRun {
  readonly id: string;
  readonly projectId: string;
  readonly conversationId: string;
  readonly plannerId: string;
  readonly executorId: string;
  /** The run completes by itself when its last step has ended. */
  readonly closeWhenIdle: boolean;
}

export function startRun(connection: Connection, run: NewRun): DocumentReply<ClientRun> {
  const body = {
    id: run.id,
    project_id: run.projectId,
    conversation_id: run.conversationId,
    planner_id: run.plannerId,
    executor_id: run.executorId,
    ...(run.closeWhenIdle ? { close_when_idle: true } : {}),
  };
  return requestDocument(connection, { method: 'POST', path: '/api/v1/runs', body }, readRun);
}

export const getRun = (connection: Connection, runId: string, signal?: AbortSignal): DocumentReply<ClientRun> =>
  requestDocument(connection, { method: 'GET', path: runPath(runId), signal }, readRun);

export const listRunSteps = (connection: Connection, runId: string): DocumentReply<readonly ClientStep[]> =>
  requestDocument(connection, { method: 'GET', path: runPath(runId, '/steps') }, (json) => readList(json, clientStep));

export const listRunGates = (connection: Connection, runId: string): DocumentReply<readonly ClientGate[]> =>
  requestDocument(connection, { method: 'GET', path: runPath(runId, '/gates') }, (json) => readList(json, clientGate));

/** `task` is a TaskSpec in its wire form. */
export const submitStep = (connection: Connection, runId: string, task: JsonValue): DocumentReply<ClientStep> =>
  submitStepOnce(connection, runId, { task, idempotencyKey: undefined });

export interface Submission {
  readonly task: JsonValue;
  /** With it the same submission may be sent again and again. */
  readonly idempotencyKey: string | undefined;
}

/** However often it is sent, one step comes of it, and the same answer. */
export const submitStepOnce = (
  connection: Connection,
  runId: string,
  { task, idempotencyKey }: Submission,
): DocumentReply<ClientStep> =>
  requestDocument(
    connection,
    { method: 'POST', path: runPath(runId, '/steps'), body: task, headers: keyHeader(idempotencyKey) },
    (json) => readFields(json, clientStep),
  );

/** Answers when every process of the run is gone; the body is empty. */
export const abortRun = (connection: Connection, runId: string): EmptyReply =>
  readReply(connection, { method: 'PATCH', path: runPath(runId), body: { action: 'abort' } });

export const completeRun = (connection: Connection, runId: string): DocumentReply<ClientRun> =>
  requestDocument(connection, { method: 'POST', path: runPath(runId, '/complete'), body: {} }, readRun);

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export const waitForRun = (
  connection: Connection,
  runId: string,
  { timeoutMs, signal }: WaitOptions,
): DocumentReply<ClientWait> => {
  const body = { timeout_ms: timeoutMs };
  return requestDocument(connection, { method: 'POST', path: runPath(runId, '/wait'), body, signal }, readWait);
};
