import type { Result } from '../../../contract/result.ts';

export interface Freshness {
  /** An answer that was asked for up to so long ago will do. 0: ask anew. */
  readonly maxAgeMs: number;
}

interface Answer<T> {
  readonly askedAtMs: number;
  readonly value: T;
}

/** Refs that are remembered at most: what nobody asks for again goes first. */
const MOST_KEPT = 64;

/**
 * Remembers for each name what was answered last, for callers that ask twice in the same instant. The answer that was
 * asked for last counts, not the one that came last: who is told to ask anew is never followed by somebody who gets an
 * older answer. Errors are not remembered.
 */
export function createRecentAnswers<K, T, E>(
  ask: (name: K) => Promise<Result<T, E>>,
  nowMs: () => number = () => performance.now(),
): (name: K, freshness: Freshness) => Promise<Result<T, E>> {
  const recent = new Map<K, Answer<T>>();
  const remember = (name: K, answer: Answer<T>): void => {
    const known = recent.get(name);
    if (known !== undefined && known.askedAtMs > answer.askedAtMs) return;
    recent.delete(name);
    recent.set(name, answer);
    for (const oldest of recent.keys()) {
      if (recent.size <= MOST_KEPT) break;
      recent.delete(oldest);
    }
  };
  return async (name, { maxAgeMs }) => {
    const askedAtMs = nowMs();
    const known = recent.get(name);
    if (known !== undefined && askedAtMs - known.askedAtMs < maxAgeMs) return { ok: true, value: known.value };
    const answer = await ask(name);
    if (answer.ok) remember(name, { askedAtMs, value: answer.value });
    return answer;
  };
}
