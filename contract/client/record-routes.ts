import { type ClientAudit, type ClientCheck, clientAudit, clientChecks } from './client-checks.ts';
import { type ClientSalvageEntry, clientSalvageEntry } from './client-salvage.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields, readList } from './read-fields.ts';
import { type ListReply, requestList } from './request-list.ts';
import { type EmptyReply, readReply } from './send-request.ts';

const salvagePath = (attemptId: string, rest = ''): string => `/api/v1/salvage/${encodeURIComponent(attemptId)}${rest}`;

/** Re-checks the event chain and every artifact: takes as long as the record is large. */
export const verifyAudit = (connection: Connection): DocumentReply<ClientAudit> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/audit/verify' }, (json) => readFields(json, clientAudit));

export const listSalvage = (connection: Connection): DocumentReply<readonly ClientSalvageEntry[]> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/salvage' }, (json) => readList(json, clientSalvageEntry));

/** However much is kept; newest first. */
export const listAllSalvage = (connection: Connection): ListReply<ClientSalvageEntry> =>
  requestList(connection, { method: 'GET', path: '/api/v1/salvage', query: { limit: '500' } }, clientSalvageEntry);

export const getSalvage = (connection: Connection, attemptId: string): DocumentReply<ClientSalvageEntry> =>
  requestDocument(connection, { method: 'GET', path: salvagePath(attemptId) }, (json) =>
    readFields(json, clientSalvageEntry),
  );

/** Gives the saved work up: its refs go, and with them what nothing else refers to. */
export const releaseSalvage = (connection: Connection, attemptId: string): EmptyReply =>
  readReply(connection, { method: 'POST', path: salvagePath(attemptId, '/release'), body: {} });

export const getDiagnostics = (connection: Connection, signal?: AbortSignal): DocumentReply<readonly ClientCheck[]> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/diagnostics', signal }, (json) =>
    readFields(json, clientChecks),
  );
