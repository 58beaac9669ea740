import type { FastifyReply } from 'fastify';

import type { Refusal } from '../../../contract/errors.ts';
import type { Result } from '../../../contract/result.ts';
import { encodeJson } from '../../../contract/wire/encode-json.ts';
import type { Call } from './call.ts';
import { sendTagged } from './conditional.ts';
import { refuse } from './refuse.ts';

/** `application/json` without a charset, as inherited clients know it: fastify adds one to texts, so these are bytes. */
export const sendJson = (reply: FastifyReply, value: unknown): FastifyReply =>
  sendTagged(reply.header('content-type', 'application/json'), Buffer.from(encodeJson(value)));

/** The outcome of a service as an answer. */
export const answer = <T>(call: Call, outcome: Result<T, Refusal>, encode: (value: T) => unknown): FastifyReply =>
  outcome.ok ? sendJson(call.reply, encode(outcome.value)) : refuse(call, outcome.error);

/** An outcome that says it all by its status. */
export const answerEmpty = (call: Call, outcome: Result<unknown, Refusal>): FastifyReply =>
  outcome.ok ? call.reply.send() : refuse(call, outcome.error);
