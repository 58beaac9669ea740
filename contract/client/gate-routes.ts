import { type ClientGate, clientGate } from './client-gate.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields, readList } from './read-fields.ts';
import { type ListReply, requestList } from './request-list.ts';
import { type EmptyReply, keyHeader, readReply } from './send-request.ts';

const gatePath = (gateId: string): string => `/api/v1/gates/${encodeURIComponent(gateId)}`;

export interface GateFilter {
  readonly runId?: string | undefined;
  readonly stepId?: string | undefined;
  readonly state?: string | undefined;
}

export function listGates(connection: Connection, filter: GateFilter): DocumentReply<readonly ClientGate[]> {
  const query = { run: filter.runId, step: filter.stepId, state: filter.state };
  return requestDocument(connection, { method: 'GET', path: '/api/v1/gates', query }, (json) =>
    readList(json, clientGate),
  );
}

/** However many there are; newest first. */
export const listAllGates = (connection: Connection, { runId, stepId, state }: GateFilter): ListReply<ClientGate> =>
  requestList(
    connection,
    { method: 'GET', path: '/api/v1/gates', query: { run: runId, step: stepId, state, limit: '500' } },
    clientGate,
  );

export const getGate = (connection: Connection, gateId: string): DocumentReply<ClientGate> =>
  requestDocument(connection, { method: 'GET', path: gatePath(gateId) }, (json) => readFields(json, clientGate));

export interface Decision {
  /** The daemon knows `approve` and `reject`. */
  readonly action: string;
  readonly reason?: string | undefined;
  /** What is decided about: a decision that names another digest than the present one is refused. */
  readonly digest?: string | undefined;
  /** How far an approved permission reaches: `once` or `attempt`. */
  readonly scope?: string | undefined;
  /** With a key it may be sent again: it is decided once. */
  readonly idempotencyKey?: string | undefined;
}

export function decideGate(connection: Connection, gateId: string, decision: Decision): EmptyReply {
  const { idempotencyKey, action, reason, digest, scope } = decision;
  const body = {
    action,
    ...(reason === undefined ? {} : { reason }),
    ...(digest === undefined ? {} : { digest }),
    ...(scope === undefined ? {} : { scope }),
  };
  return readReply(connection, { method: 'POST', path: gatePath(gateId), body, headers: keyHeader(idempotencyKey) });
}
