import type { FastifyReply } from 'fastify';

import { refusal } from '../../../contract/errors.ts';
import type { ArtifactId } from '../../../contract/ids.ts';
import { openArtifact } from '../services/read-artifacts.ts';
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
  const opened = await openArtifact(services, wanted);
  if (!opened.ok) return refuse(call, opened.error);
  const { artifact, bytes } = opened.value;
  const range = requestedBytes(call.request.headers.range, artifact.sizeBytes);
  const reply = call.reply.header('accept-ranges', 'bytes');
  if (range.kind === 'unsatisfiable') {
    reply.header('content-range', `bytes */${artifact.sizeBytes}`);
    return refuse(call, refusal('range_not_satisfiable', `the artifact has ${artifact.sizeBytes} bytes`));
  }
  quarantineContent(reply, artifact.name).header('content-type', wanted.mediaType ?? mediaTypeOf(artifact.mediaType));
  if (range.kind === 'whole') return sendBytes(reply.header('content-length', artifact.sizeBytes), bytes);
  const { first, last } = range;
  reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${artifact.sizeBytes}`)
    .header('content-length', last - first + 1);
  return sendBytes(reply, bytes, range);
}

/** A recorded type must not be able to break the header; a strange one is bytes. */
const mediaTypeOf = (text: string): string =>
  /^[\w.+-]+\/[\w.+-]+(; ?[\w-]+=[\w.+-]+)*$/.test(text) ? text : 'application/octet-stream';
