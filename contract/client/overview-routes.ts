import { type ClientOverview, clientOverview } from './client-overview.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

export const getOverview = (connection: Connection, signal?: AbortSignal): DocumentReply<ClientOverview> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/overview', signal }, (json) =>
    readFields(json, clientOverview),
  );
