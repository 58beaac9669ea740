import { type ClientCompatibility, clientCompatibility } from './client-compatibility.ts';
import { type ClientInstance, clientInstance } from './client-instance.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

export const getCompatibility = (connection: Connection): DocumentReply<ClientCompatibility> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/compatibility' }, (json) =>
    readFields(json, clientCompatibility),
  );

/** A daemon of this user. `live`, or `stale` when it was killed. */
export interface ListedInstance {
  readonly state: string;
  /** The one that answered. */
  readonly isSelf: boolean;
  readonly instance: ClientInstance | null;
}

export const listInstances = (connection: Connection): DocumentReply<readonly ListedInstance[]> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/instances' }, (json) =>
    readFields(json, (fields) =>
      fields.objects('instances', (one) => ({
        state: one.text('state'),
        isSelf: one.flag('self'),
        instance: one.object('instance', clientInstance),
      })),
    ),
  );
