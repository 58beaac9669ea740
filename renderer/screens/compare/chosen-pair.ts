import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';

/** The two attempts that `?a=1,2` names, in that order; the newest two where it names none. Null: there is one at most. */
export function chosenPair(
  attempts: readonly ClientAttempt[],
  asked: string | null,
): readonly [ClientAttempt, ClientAttempt] | null {
  const numbers = (asked ?? '').split(',').map(Number);
  const named = numbers.map((wanted) => attempts.find(({ number }) => number === wanted));
  const [a, b] = named;
  if (a !== undefined && b !== undefined && a !== b) return [a, b];
  const first = attempts.at(-2);
  const second = attempts.at(-1);
  return first === undefined || second === undefined ? null : [first, second];
}
