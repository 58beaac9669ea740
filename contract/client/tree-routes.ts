import { ok, type Result } from '../result.ts';
import { type ClientAttempt, clientAttempt } from './client-attempt.ts';
import type { ClientFailure } from './client-failure.ts';
import { type ClientGate, clientGate } from './client-gate.ts';
import { type ClientPhase, clientPhase } from './client-phase.ts';
import { type ClientRun, clientRun } from './client-run.ts';
import { type ClientStep, clientStep } from './client-step.ts';
import { requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { isJsonObject } from './json-value.ts';
import { readFields } from './read-fields.ts';
import { type Item, type ListReply, requestList } from './request-list.ts';
import type { RequestSpec } from './send-request.ts';

const runSpec = (runId: string, rest = '', signal?: AbortSignal): RequestSpec => ({
  method: 'GET',
  path: `/api/v1/runs/${encodeURIComponent(runId)}${rest}`,
  signal,
});

/** A run with the document that it was read from. */
export async function readRun(
  connection: Connection,
  runId: string,
  signal?: AbortSignal,
): Promise<Result<Item<ClientRun>, ClientFailure>> {
  const document = await requestDocument(connection, runSpec(runId, '', signal), (json) => readFields(json, clientRun));
  if (!document.ok) return document;
  const view = document.value.read();
  const { json } = document.value;
  return view.ok ? ok({ view: view.value, json: isJsonObject(json) ? json : {} }) : view;
}

export const readRunSteps = (connection: Connection, runId: string, signal?: AbortSignal): ListReply<ClientStep> =>
  requestList(connection, runSpec(runId, '/steps', signal), clientStep);

export const readRunGates = (connection: Connection, runId: string, signal?: AbortSignal): ListReply<ClientGate> =>
  requestList(connection, runSpec(runId, '/gates', signal), clientGate);

/** None from a daemon that does not tell its phases: it answers with the run, or with 404. */
export async function readRunPhases(
  connection: Connection,
  runId: string,
  signal?: AbortSignal,
): ListReply<ClientPhase> {
  const phases = await requestList(connection, runSpec(runId, '/phases', signal), clientPhase);
  return phases.ok || !isNotTold(phases.error) ? phases : ok([]);
}

const isNotTold = (failure: ClientFailure): boolean =>
  failure.kind === 'unreadable' || (failure.kind === 'refused' && failure.status === 404);

/** Of all its steps, newest first. */
export const readRunAttempts = (
  connection: Connection,
  runId: string,
  signal?: AbortSignal,
): ListReply<ClientAttempt> => requestList(connection, runSpec(runId, '/attempts?limit=1000', signal), clientAttempt);

/** Oldest first. */
export const readStepAttempts = (
  connection: Connection,
  stepId: string,
  signal?: AbortSignal,
): ListReply<ClientAttempt> =>
  requestList(
    connection,
    { method: 'GET', path: `/api/v1/steps/${encodeURIComponent(stepId)}/attempts`, signal },
    clientAttempt,
  );
