import {
  type ClientChangedSettings,
  type ClientSettings,
  clientChangedSettings,
  clientSettings,
} from './client-settings.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import type { JsonObject } from './json-value.ts';
import { readFields } from './read-fields.ts';

export const getSettings = (connection: Connection): DocumentReply<ClientSettings> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/settings' }, (json) => readFields(json, clientSettings));

/** By key; `null` takes a key out of the file. */
export const changeSettings = (connection: Connection, changes: JsonObject): DocumentReply<ClientChangedSettings> =>
  requestDocument(connection, { method: 'PATCH', path: '/api/v1/settings', body: changes }, (json) =>
    readFields(json, clientChangedSettings),
  );
