import type { ClientFailure } from '../../contract/client/client-failure.ts';
import { type DocumentReply, viewOf } from '../../contract/client/document.ts';
import type { Result } from '../../contract/result.ts';
import { RequestError } from './request-error.ts';

/** What TanStack Query wants: the value, or a throw. */
export async function unwrap<T>(asked: Promise<Result<T, ClientFailure>>): Promise<T> {
  const result = await asked;
  if (result.ok) return result.value;
  throw new RequestError(result.error);
}

export const unwrapView = <T>(asked: DocumentReply<T>): Promise<T> => unwrap(viewOf(asked));

/** The entries of a list that was read whole. */
export async function unwrapItems<T>(
  asked: Promise<Result<readonly { readonly view: T }[], ClientFailure>>,
): Promise<readonly T[]> {
  return (await unwrap(asked)).map(({ view }) => view);
}
