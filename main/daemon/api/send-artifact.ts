import type { FastifyReply } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import type { ArtifactId } from '../../../contract/ids.ts';
import { getArtifact, openArtifact } from '../services/read-artifacts.ts';
import { requestedBytes } from './byte-range.ts';
import type { ApiContext, Call } from './call.ts';
import { refuse } from './refuse.ts';
import { quarantineContent } from './security-headers.ts';
import { sendBytes } from './send-bytes.ts';

/** The content of an artifact, or the range of it that was asked for. `mediaType` says what it is instead of the record. */
export async function sendArtifact(
  { services }: Pick<ApiContext, 'services'>,
  call: Call,
  wanted: { readonly artifactId: ArtifactId; readonly mediaType?: string },
): Promise<FastifyReply> {
  const described = getArtifact(services, wanted);
  if (!described.ok) return refuse(call, described.error);
  const { sizeBytes, name, mediaType } = described.value;
  const range = requestedBytes(call.request.headers.range, sizeBytes);
  if (range.kind === 'unsatisfiable') {
    call.reply.header('content-range', `bytes */${sizeBytes}`);
    return refuse(call, refusal('range_not_satisfiable', `the artifact has ${sizeBytes} bytes`));
  }
  const opened = await openArtifact(services, wanted);
  if (!opened.ok) return refuse(call, opened.error);
  const reply = quarantineContent(call.reply, name)
    .header('content-type', wanted.mediaType ?? mediaTypeOf(mediaType))
    .header('accept-ranges', 'bytes');
  if (range.kind === 'whole') return sendBytes(reply.header('content-length', sizeBytes), opened.value.bytes);
  const { first, last } = range;
  reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${sizeBytes}`)
    .header('content-length', last - first + 1);
  return sendBytes(reply, opened.value.bytes, range);
}

/** A recorded type must not be able to break the header; a strange one is bytes. */
const mediaTypeOf = (text: string): string =>
  /^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w.+-]+)*$/.test(text) ? text : 'application/octet-stream';
