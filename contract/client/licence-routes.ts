import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readList } from './read-fields.ts';

/** A package of others that comes with the program. */
export interface ClientLicence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

export const listLicences = (connection: Connection): DocumentReply<readonly ClientLicence[]> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/licences' }, (json) =>
    readList(json, (fields) => ({
      name: fields.id('name'),
      version: fields.text('version'),
      licence: fields.text('licence'),
    })),
  );
