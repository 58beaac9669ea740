import { type ClientChanges, clientChanges } from './client-changes.ts';
import { type DocumentReply, requestDocument } from './document.ts';
import type { Connection } from './http-types.ts';
import { readFields } from './read-fields.ts';
import { openReply, type RequestSpec, type StreamReply } from './send-request.ts';

/** One attempt, the newest unless it is named; or what differs from one to another. */
export type ChangeSubject =
  | { readonly stepId: string; readonly attemptId?: string | undefined }
  | { readonly stepId: string; readonly fromId: string; readonly toId: string };

const specOf = (subject: ChangeSubject, kind: 'changes' | 'diff', file?: string): RequestSpec => ({
  method: 'GET',
  path: `/api/v1/steps/${encodeURIComponent(subject.stepId)}/${kind}`,
  query: {
    ...('fromId' in subject ? { from: subject.fromId, to: subject.toId } : { attempt: subject.attemptId }),
    file,
  },
});

/** The files that changed; status 204 and no files before anything was tried. */
export const listStepChanges = (connection: Connection, subject: ChangeSubject): DocumentReply<ClientChanges> =>
  requestDocument(connection, specOf(subject, 'changes'), (json) => readFields(json, clientChanges));

/** The patch, or the part of one file named as the list names it; status 204 when there is none. */
export const openChanges = (connection: Connection, subject: ChangeSubject, file?: string): StreamReply =>
  openReply(connection, specOf(subject, 'diff', file));
