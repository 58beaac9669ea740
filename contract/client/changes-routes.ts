import { ok, type Result } from '../result.ts';
import { type ClientChangedFile, type ClientChanges, clientChanges } from './client-changes.ts';
import type { ClientFailure } from './client-failure.ts';
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

const MOST_FILES = '10000';

/** The files that changed, however many pages they are; null before anything was tried. */
export async function readStepChanges(
  connection: Connection,
  subject: ChangeSubject,
  signal?: AbortSignal,
): Promise<Result<ClientChanges | null, ClientFailure>> {
  const first = specOf(subject, 'changes');
  const files: ClientChangedFile[] = [];
  let next: RequestSpec = { ...first, query: { ...first.query, limit: MOST_FILES }, signal };
  for (;;) {
    const page = await requestDocument(connection, next, (json) => readFields(json, clientChanges));
    if (!page.ok) return page;
    if (page.value.status === 204) return ok(null);
    const changes = page.value.read();
    if (!changes.ok) return changes;
    files.push(...changes.value.files);
    if (page.value.nextPage === null) return ok({ ...changes.value, files });
    next = { method: 'GET', path: page.value.nextPage, signal };
  }
}

export interface PatchPart {
  /** Named as the list names it; the whole patch without. */
  readonly file?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The patch, or the part of one file; status 204 when there is none. */
export const openChanges = (
  connection: Connection,
  subject: ChangeSubject,
  { file, signal }: PatchPart = {},
): StreamReply => openReply(connection, { ...specOf(subject, 'diff', file), signal });
