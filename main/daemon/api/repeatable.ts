import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { KeptAnswer } from '../services/answer-once.ts';
import { type ApiContext, actorOf, type Call } from './call.ts';
import { refuse } from './refuse.ts';

/** Of operations whose answer is the same when they are sent again. */
export const REPEATABLE = {
  'idempotency-key': 'Whoever sends the same request with the same key again gets the same answer; a week long',
} as const;

/** What is to be done, and how its outcome is answered. */
interface Repeatable<T> {
  /** `alsoStore` belongs into the transaction of what is done. */
  readonly work: (alsoStore: ((value: T) => void) | undefined) => Promise<Result<T, Refusal>>;
  readonly answerOf: (value: T) => KeptAnswer;
}

/** Does the work, unless the request carries a key and was answered before: then the answer is that one. */
export async function answerRepeatable<T>(
  context: Pick<ApiContext, 'answerOnce' | 'peers'>,
  call: Call,
  { work, answerOf }: Repeatable<T>,
): Promise<FastifyReply> {
  const key = readKey(call);
  if (!key.ok) return refuse(call, key.error);
  const answerNow = async (alsoStore?: (value: T) => void): Promise<Result<KeptAnswer, Refusal>> => {
    const done = await work(alsoStore);
    return done.ok ? ok(answerOf(done.value)) : done;
  };
  const answered =
    key.value === null
      ? await answerNow()
      : await context.answerOnce(
          { key: ownKey(key.value, await actorOf(context, call)), digest: digestOf(call) },
          (keep) => answerNow((value) => keep(answerOf(value))),
        );
  return answered.ok ? send(call.reply, answered.value) : refuse(call, answered.error);
}

function readKey({ request }: Call): Result<string | null, Refusal> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return ok(null);
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return ok(key);
  return err(refusal('invalid_input', 'Idempotency-Key must be 1 to 255 visible characters without spaces'));
}

/** An attempt has keys of its own, so that it takes none that an operator will use; a sent key has no space. */
const ownKey = (key: string, actor: string): string => (actor.startsWith('executor:') ? `${actor} ${key}` : key);

/** Of everything that says what is asked: method, path and body. */
function digestOf({ request }: Call): string {
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`);
  return (Buffer.isBuffer(request.body) ? hash.update(request.body) : hash).digest('hex');
}

const send = (reply: FastifyReply, { status, body }: KeptAnswer): FastifyReply =>
  body === ''
    ? reply.code(status).send()
    : reply.code(status).header('content-type', 'application/json').send(Buffer.from(body));
