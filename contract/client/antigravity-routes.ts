import { ok } from '../result.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { type Fields, readFields, readList } from './read-fields.ts';
import { type EmptyReply, readReply } from './send-request.ts';

/** An Antigravity window. Whatever else a daemon tells of it is not for a screen. */
export interface ClientAntigravity {
  readonly pid: number;
  readonly httpsPort: number;
  readonly isReachable: boolean;
  readonly workspaceRoot: string;
}

const clientAntigravity = (fields: Fields): ClientAntigravity => ({
  pid: fields.integer('pid'),
  httpsPort: fields.integer('https_port'),
  isReachable: fields.flag('is_reachable'),
  workspaceRoot: fields.text('workspace_root'),
});

const ROOT = '/api/v1/antigravity';

export const listAntigravity = (connection: Connection): DocumentReply<readonly ClientAntigravity[]> =>
  requestDocument(connection, { method: 'GET', path: `${ROOT}/instances` }, (json) =>
    readList(json, clientAntigravity),
  );

/** Null: none is bound. */
export const getAntigravityStatus = (connection: Connection): DocumentReply<ClientAntigravity | null> =>
  requestDocument<ClientAntigravity | null>(connection, { method: 'GET', path: `${ROOT}/status` }, (json) =>
    json === null ? ok(null) : readFields(json, clientAntigravity),
  );

export const bindAntigravity = (connection: Connection, pid: number): EmptyReply =>
  readReply(connection, { method: 'POST', path: `${ROOT}/bind`, body: { pid } });

export const unbindAntigravity = (connection: Connection): EmptyReply =>
  readReply(connection, { method: 'DELETE', path: `${ROOT}/bind` });
