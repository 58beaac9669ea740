import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';

/** A request that its sender may repeat without being served twice. */
export interface KeyedRequest {
  readonly key: string;
  /** SHA-256 of all that was asked. */
  readonly digest: string;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: string;
}

/** Keeps the answer. Belongs into the transaction of what is answered: both are stored, or neither. */
export type KeepAnswer = (answer: KeptAnswer) => void;

export type AnswerOnce = (
  request: KeyedRequest,
  work: (keep: KeepAnswer) => Promise<Result<KeptAnswer, Refusal>>,
) => Promise<Result<KeptAnswer, Refusal>>;

/** Longer than anybody tries again. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The same key and the same request get the same answer, however often they are sent, also at once and by the next
 * daemon. A refusal is not kept: nothing has happened, and the next time it may.
 */
export function createAnswerOnce({ store, clock }: Pick<ServiceContext, 'store' | 'clock'>): AnswerOnce {
  const underway = new Map<string, Promise<unknown>>();
  const keepFor =
    ({ key, digest }: KeyedRequest): KeepAnswer =>
    (answer) =>
      store.transaction(() => {
        const answeredAtMs = clock();
        store.answeredRequests.forgetBefore(answeredAtMs - KEPT_MS);
        store.answeredRequests.insert({ key, digest, ...answer, answeredAtMs });
      });
  return async (request, work) => {
    const { key } = request;
    for (let other = underway.get(key); other !== undefined; other = underway.get(key)) await other;
    const known = store.answeredRequests.get(key);
    if (known !== null) return known.digest === request.digest ? ok(known) : err(reused(key));
    const working = work(keepFor(request));
    // Who waits for it wants to know that it is over, not how.
    const over = working.then(
      () => undefined,
      () => undefined,
    );
    underway.set(key, over);
    try {
      return await working;
    } finally {
      underway.delete(key);
    }
  };
}

const reused = (key: string): Refusal =>
  refusal('key_reused', `the key ${JSON.stringify(key)} belongs to another request: choose a new one for this`);
