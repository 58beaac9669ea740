import type { FastifyInstance, FastifyReply } from 'fastify';

import type { Refusal } from '../../../contract/errors.ts';
import type { StepId } from '../../../contract/ids.ts';
import type { Result } from '../../../contract/result.ts';
import { encodeChanges, WireChanges } from '../../../contract/wire/changes.ts';
import { ChangesQuery, DiffQuery } from '../../../contract/wire/diff-query.ts';
import { StepPath } from '../../../contract/wire/paths.ts';
import { findPatch } from '../services/find-patch.ts';
import type { ByteSource } from '../services/ports/byte-source.ts';
import { type ChangeSubject, listChanges, openDiff, openFileDiff } from '../services/read-changes.ts';
import { sendJson } from './answer.ts';
import { bytes, json, nothing, PAGED } from './answer-spec.ts';
import type { ApiContext, Call } from './call.ts';
import { nextLink } from './next-link.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { quarantineContent } from './security-headers.ts';
import { sendArtifact } from './send-artifact.ts';
import { sendBytes } from './send-bytes.ts';
import { serve } from './serve.ts';
import { untilGone } from './until-gone.ts';

const REFUSALS = [
  'step_not_found',
  'attempt_not_found',
  'not_found',
  'artifact_not_found',
  'artifact_damaged',
] as const;

/** What an attempt changed, or what differs between two: as a patch, as the patch of one file, or as a list of files. */
export function serveDiff(app: FastifyInstance, context: ApiContext): void {
  const diff = operation({
    id: 'getStepDiff',
    summary: 'What an attempt of a step changed, as a patch',
    description:
      'Of the newest attempt unless one is named, or what differs between two of them. With `file` only the part of one file.',
    scope: 'artifacts:read',
    path: StepPath,
    query: DiffQuery,
    headers: { range: 'One range of bytes (RFC 9110, 14.2), of the whole patch of one attempt' },
    answers: {
      200: bytes('text/x-diff', 'The patch'),
      204: nothing('There is none'),
      206: bytes('text/x-diff', 'The range that was asked for'),
    },
    refusals: [...REFUSALS, 'range_not_satisfiable'],
    handle: (call, { id, query }) =>
      query.file === undefined && query.from === undefined
        ? sendPatch(context, call, { stepId: id, query })
        : sendPart(context, call, { stepId: id, query }),
  });
  const changes = operation({
    id: 'listStepChanges',
    summary: 'The files that an attempt of a step changed',
    description: `Of the newest attempt unless one is named, or those that differ between two of them, in the order of their
paths. A path that is no UTF-8 is quoted as git quotes it.`,
    scope: 'artifacts:read',
    path: StepPath,
    query: ChangesQuery,
    answers: { 200: json(WireChanges, 'The files', PAGED), 204: nothing('Nothing was tried yet, or it left no list') },
    refusals: REFUSALS,
    handle: (call, { id, query }) => sendChanges(context, call, { stepId: id, query }),
  });
  serve(app, '/api/v1/steps/:id/diff', { GET: diff });
  serve(app, '/api/v1/steps/:id/changes', { GET: changes });
}

interface Asked<Query> {
  readonly stepId: StepId;
  readonly query: Query;
}

const subjectOf = ({ stepId, query }: Asked<Pick<DiffQuery, 'attempt' | 'from' | 'to'>>): ChangeSubject =>
  query.from === undefined || query.to === undefined
    ? { stepId, attemptId: query.attempt }
    : { stepId, fromId: query.from, toId: query.to };

/** All of an attempt's own patch: a file of evidence like any other. */
function sendPatch(context: ApiContext, call: Call, { stepId, query }: Asked<DiffQuery>) {
  const patch = findPatch(context.services, { stepId, attemptId: query.attempt });
  if (!patch.ok) return refuse(call, patch.error);
  if (patch.value === null) return call.reply.code(204).send();
  return sendArtifact(context, call, { artifactId: patch.value.id, mediaType: 'text/x-diff' });
}

async function sendPart({ services, closing }: ApiContext, call: Call, asked: Asked<DiffQuery>): Promise<FastifyReply> {
  const { file } = asked.query;
  const subject = { ...subjectOf(asked), signal: untilGone(call, closing) };
  const patch: Result<ByteSource | null, Refusal> =
    file === undefined ? await openDiff(services, subject) : await openFileDiff(services, { ...subject, file });
  if (!patch.ok) return refuse(call, patch.error);
  if (patch.value === null) return call.reply.code(204).send();
  return sendBytes(quarantineContent(call.reply, 'diff.patch').header('content-type', 'text/x-diff'), patch.value);
}

const PAGE = 1000;

async function sendChanges(
  { services, closing }: ApiContext,
  call: Call,
  asked: Asked<ChangesQuery>,
): Promise<FastifyReply> {
  const { after = 0, limit = PAGE } = asked.query;
  const changes = await listChanges(services, { ...subjectOf(asked), signal: untilGone(call, closing) });
  if (!changes.ok) return refuse(call, changes.error);
  if (changes.value === null) return call.reply.code(204).send();
  const { files } = changes.value;
  const end = after + limit;
  if (end < files.length) call.reply.header('link', nextLink(call.request.url, String(end)));
  return sendJson(call.reply, encodeChanges({ ...changes.value, total: files.length, files: files.slice(after, end) }));
}
