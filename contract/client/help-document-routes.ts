import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';

/** One of the documents for people. */
export interface ClientHelpEntry {
  readonly name: string;
  readonly title: string;
}

/** In the order in which they are read; the first is the index. */
export const listHelpDocuments = (connection: Connection): DocumentReply<readonly ClientHelpEntry[]> =>
  requestDocument(connection, { method: 'GET', path: '/api/v1/documents' }, (json) =>
    readFields(json, (fields) =>
      fields.objects('documents', (one) => ({ name: one.id('name'), title: one.text('title') })),
    ),
  );

/** As Markdown. */
export const getHelpDocument = (connection: Connection, name: string): DocumentReply<string> =>
  requestDocument(connection, { method: 'GET', path: `/api/v1/documents/${encodeURIComponent(name)}` }, (json) =>
    readFields(json, (fields) => fields.text('markdown')),
  );
