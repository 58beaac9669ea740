import type { Result } from '../../contract/result.ts';

/** The value of an outcome that a test takes for granted. */
export function successOf<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`unexpected outcome: ${JSON.stringify(result.error)}`);
}

/** The error of an outcome that a test takes for granted. */
export function failureOf<E>(result: Result<unknown, E>): E {
  if (!result.ok) return result.error;
  throw new Error(`unexpected success: ${JSON.stringify(result.value)}`);
}
