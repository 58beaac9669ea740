import type { FastifyReply } from 'fastify';

import type { Refusal } from '../../../contract/errors.ts';
import type { Result } from '../../../contract/result.ts';
import type { ReadLog } from '../services/read-log.ts';
import type { Call } from './call.ts';
import { refuse } from './refuse.ts';
import { sendBytes } from './send-bytes.ts';

/** Answers with some bytes of what an attempt writes, and with how much there is; where there is nothing, with 204. */
export function sendPart(
  call: Call,
  contentType: string,
  part: Result<ReadLog | null, Refusal>,
): FastifyReply | Promise<FastifyReply> {
  if (!part.ok) return refuse(call, part.error);
  if (part.value === null) return call.reply.code(204).send();
  const { attemptId, totalBytes, isLive, bytes } = part.value;
  call.reply
    .header('content-type', contentType)
    .header('x-codencer-attempt', attemptId)
    .header('x-codencer-log-bytes', totalBytes)
    .header('x-codencer-log-live', String(isLive));
  return sendBytes(call.reply, bytes);
}
